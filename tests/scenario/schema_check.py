"""Validates scenario files against the JSON Schema: schema_check.py SCHEMA FILE...

Reads YAML as editors do (YAML 1.2: dates, yes and 12:30 are texts) and prints what does not fit;
then the exit code is 3, because Python's own for a fault of the script is 1.
"""
import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """Only null, true, false, and decimal numbers are more than text."""


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|)$"), None)
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), None)
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?\d+$"), None)
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?\d+(\.\d+)?([eE][-+]?\d+)?$"), None)

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
failed = 0
for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        for error in validator.iter_errors(yaml.load(file, Loader)):
            failed = 3
            where = "/".join(str(part) for part in error.absolute_path)
            print(f"{name}: {where}: {error.message[:300]}")
sys.exit(failed)
