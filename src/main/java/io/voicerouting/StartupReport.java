package io.voicerouting;

import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.common.TimeZones;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/** Logs what was started, on which servers and with which cache settings; no secrets. */
@Component
class StartupReport implements ApplicationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(StartupReport.class);

  private final ObjectProvider<BuildProperties> build;
  private final ObjectProvider<GitProperties> commit;
  private final JdbcConnectionDetails database;
  private final DataRedisConnectionDetails redis;
  private final RoutingCache cache;
  private final CacheTtls ttls;
  private final CacheProperties properties;

  StartupReport(
      ObjectProvider<BuildProperties> build,
      ObjectProvider<GitProperties> commit,
      JdbcConnectionDetails database,
      DataRedisConnectionDetails redis,
      RoutingCache cache,
      CacheTtls ttls,
      CacheProperties properties) {
    this.build = build;
    this.commit = commit;
    this.database = database;
    this.redis = redis;
    this.cache = cache;
    this.ttls = ttls;
    this.properties = properties;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    LOG.info(
        "Voice routing cache: Version {}, commit {}, time zone rules {}, PostgreSQL {}, Redis {}, TTLs"
            + " {}, {}",
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("unpackaged"),
        commit.stream().map(StartupReport::describe).findFirst().orElse("unknown"),
        TimeZones.version(),
        withoutParameters(database.getJdbcUrl()),
        redisServer(),
        cache.resources().stream()
            .map(resource -> resource.name() + " " + describe(ttls.of(resource)))
            .collect(Collectors.joining(", ")),
        properties);
  }

  private static String describe(CacheTtls.Ttl ttl) {
    return ttl.longestEntry().equals(ttl.entry())
        ? ttl.entry().toString()
        : ttl.entry() + " to " + ttl.longestEntry();
  }

  private static String describe(GitProperties commit) {
    return commit.getShortCommitId() + " of " + commit.getCommitTime();
  }

  /** Parameters of a URL may hold a password. */
  private static String withoutParameters(String jdbcUrl) {
    int parameters = jdbcUrl.indexOf('?');
    return parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
  }

  private String redisServer() {
    return redisAddress() + (redis.getSslBundle() == null ? "" : " over TLS");
  }

  private String redisAddress() {
    DataRedisConnectionDetails.Sentinel sentinel = redis.getSentinel();
    if (sentinel != null) {
      return "master %s of sentinels %s/%d"
          .formatted(sentinel.getMaster(), list(sentinel.getNodes()), sentinel.getDatabase());
    }
    DataRedisConnectionDetails.Cluster cluster = redis.getCluster();
    if (cluster != null) {
      return "cluster of " + list(cluster.getNodes());
    }
    DataRedisConnectionDetails.Standalone standalone = redis.getStandalone();
    return standalone == null
        ? "not configured"
        : standalone.getHost() + ":" + standalone.getPort() + "/" + standalone.getDatabase();
  }

  private static String list(List<DataRedisConnectionDetails.Node> nodes) {
    return nodes.stream()
        .map(node -> node.host() + ":" + node.port())
        .collect(Collectors.joining(","));
  }
}
