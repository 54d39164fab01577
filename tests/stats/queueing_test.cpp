#include "clinicsim/stats/queueing.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

TEST(Mmc, HasThePublishedWaits) {
    const struct {
        int servers;
        double arrivals, waiting, mean, line, p90, p95;
    } table[] = {
        {1, 0.5, 0.5, 1, 0.5, 3.2188758248682006, 4.605170185988092},
        {1, 0.8, 0.8, 4, 3.2, 10.39720770839918, 13.862943611198906},
        {2, 1.9, 0.9256410256410257, 9.256410256410257, 17.587179487179487, 22.253163122032344,
         29.184634927631798},
        {4, 3.2, 0.5964324717874044, 0.7455405897342555, 2.3857298871496178, 2.2322448021799506,
         3.0986787778798823},
        {8, 4, 0.059043994695266104, 0.014760998673816526, 0.059043994695266104, 0,
         0.04156495835071458},
        {8, 6.4, 0.4576449254420161, 0.28602807840126, 1.8305797017680645, 0.9505771409291928,
         1.3837941287791586},
    };
    for (const auto& row : table) {
        const auto line = Mmc::make(row.servers, row.arrivals, 1);
        ASSERT_TRUE(line);
        EXPECT_NEAR(line->share_waiting(), row.waiting, 1e-13);
        EXPECT_NEAR(line->mean_wait(), row.mean, 1e-12 * row.mean);
        EXPECT_NEAR(line->mean_line(), row.line, 1e-12 * row.line);
        EXPECT_NEAR(line->wait_quantile(0.9), row.p90, 1e-11);
        EXPECT_NEAR(line->wait_quantile(0.95), row.p95, 1e-11);
        EXPECT_NEAR(line->utilisation(), row.arrivals / row.servers, 1e-14);
        if (row.p95 > 0) {
            EXPECT_NEAR(line->share_waiting_longer(row.p95), 0.05, 1e-12);
        }
    }
}

TEST(Mmc, ScalesWithTheUnitOfTime) {
    const auto hours = Mmc::make(8, 6.4, 1), days = Mmc::make(8, 6.4 * 24, 24);
    EXPECT_NEAR(hours->mean_wait(), 24 * days->mean_wait(), 1e-13);
    EXPECT_NEAR(hours->wait_quantile(0.9), 24 * days->wait_quantile(0.9), 1e-12);
}

TEST(Mmc, DoesNotExistAtFullLoad) {
    EXPECT_FALSE(Mmc::make(4, 4, 1));
    EXPECT_FALSE(Mmc::make(4, 5, 1));
    EXPECT_TRUE(Mmc::make(4, 3.999, 1));
    EXPECT_EQ(erlang_c(4, 4), 1);
}

TEST(ErlangB, HasThePublishedLosses) {
    EXPECT_NEAR(erlang_b(1, 0.5), 0.3333333333333333, 1e-15);
    EXPECT_NEAR(erlang_b(3, 2), 0.21052631578947367, 1e-15);
    EXPECT_NEAR(erlang_b(8, 8), 0.23557026112368193, 1e-15);
    EXPECT_NEAR(erlang_b(20, 15), 0.04559321558981184, 1e-15);
    EXPECT_EQ(erlang_b(0, 3), 1);
    EXPECT_EQ(erlang_b(3, 0), 0);
}

TEST(ErlangB, DoesNotOverflowForThousandsOfServers) {
    // load = servers: sqrt(2 / (pi n)) asymptotically
    EXPECT_NEAR(erlang_b(100'000, 100'000) * std::sqrt(100'000 * std::acos(-1.0) / 2), 1, 2e-3);
}

TEST(AllenCunneen, HasThePublishedWaits) {
    EXPECT_NEAR(allen_cunneen_wait(4, 3.2, 1, 1, 0.25).value(), 0.4659629, 5e-8);
    EXPECT_NEAR(allen_cunneen_wait(4, 3.2, 1, 1, 2.25).value(), 1.2115035, 5e-8);
    EXPECT_FALSE(allen_cunneen_wait(4, 4, 1, 1, 1));
}

TEST(AllenCunneen, IsExactForExponentialTimes) {
    EXPECT_DOUBLE_EQ(allen_cunneen_wait(8, 6.4, 1, 1, 1).value(),
                     Mmc::make(8, 6.4, 1)->mean_wait());
}

TEST(SquareRootStaffing, HasThePublishedNumbers) {
    EXPECT_NEAR(square_root_factor(0.2), 1.061516, 5e-7);
    EXPECT_NEAR(square_root_factor(0.1), 1.420187, 5e-7);
    EXPECT_EQ(square_root_staffing(5, 0.2), 8);
    EXPECT_EQ(square_root_staffing(10, 0.2), 14);
    EXPECT_EQ(square_root_staffing(50, 0.1), 61);
    EXPECT_EQ(square_root_staffing(0, 0.2), 1);
}

TEST(ServersForWaiting, AreTheFewest) {
    EXPECT_EQ(servers_for_waiting(5, 0.2), 8);
    EXPECT_EQ(servers_for_waiting(10, 0.2), 14);
    EXPECT_EQ(servers_for_waiting(50, 0.1), 61);
    EXPECT_NEAR(erlang_c(61, 50), 0.0896620, 5e-8);
    for (const double load : {0.3, 4.0, 17.5}) {
        const int servers = servers_for_waiting(load, 0.1);
        EXPECT_LE(erlang_c(servers, load), 0.1);
        if (servers > 1) {
            EXPECT_GT(erlang_c(servers - 1, load), 0.1);
        }
    }
}

}  // namespace
}  // namespace clinicsim
