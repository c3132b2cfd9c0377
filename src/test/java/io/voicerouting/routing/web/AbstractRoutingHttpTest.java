package io.voicerouting.routing.web;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.RelayPasses;
import io.voicerouting.testing.TestTokens;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Gives each test its own organization, and checks whether its documents are cached. */
abstract class AbstractRoutingHttpTest {

  @Autowired RestTestClient client;
  @Autowired JdbcClient jdbc;
  @Autowired private EntityManagerFactory entityManagers;
  @Autowired MeterRegistry meters;

  private RedisClient redisClient;
  RedisCommands<String, String> redis;
  Statistics statistics;
  Calls platform;
  Calls admin;
  Calls ops;
  long org;

  @BeforeEach
  void setUp() {
    BackingServers servers = BackingServers.shared();
    redisClient =
        RedisClient.create(
            RedisURI.create("redis://" + servers.redisHost() + ":" + servers.redisPort()));
    redis = redisClient.connect().sync();
    statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    platform = new Calls(client, TestTokens.PLATFORM);
    admin = new Calls(client, TestTokens.ADMIN);
    ops = new Calls(client, TestTokens.OPS);
    org = organization();
  }

  @AfterEach
  void tearDown() {
    redisClient.shutdown(); // closes its connection
  }

  /** Creates an organization through the API, which has evicted when it answers. */
  final long organization() {
    return admin
        .send(
            HttpMethod.POST,
            "{\"name\":\"Test\",\"timezone\":\"America/New_York\"}",
            "/api/v1/organizations")
        .body()
        .at("/id")
        .longValue();
  }

  /** Creates a user and returns its id. */
  final long extension(String number) {
    return admin
        .send(
            HttpMethod.POST,
            "{\"extension_number\":\"" + number + "\",\"type\":\"user\"}",
            "/api/v1/organizations/{org}/extensions",
            org)
        .body()
        .at("/id")
        .longValue();
  }

  /** Waits until no relay pass can evict entries of earlier writes. */
  final void settle() {
    RelayPasses.settle(meters);
  }
}
