package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.SentinelGroup;
import io.voicerouting.testing.SentinelInstance;
import io.voicerouting.testing.TestCertificate;
import io.voicerouting.testing.TestTokens;
import io.voicerouting.testing.TlsFiles;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Service, Redis and PostgreSQL over TLS, and certificates that change while the service runs. */
@Isolated("captures the output")
@ExtendWith(OutputCaptureExtension.class)
class TlsTest {

  private static final Duration VALIDITY = Duration.ofDays(90);

  private final TestCertificate authority = TestCertificate.authority("First");
  private final TestCertificate otherAuthority = TestCertificate.authority("Second");

  @TempDir private Path directory;

  @Test
  void certificatesAreRenewedWithoutARestart(CapturedOutput output) throws Exception {
    TestCertificate clients = TestCertificate.authority("Clients");
    TestCertificate otherClients = TestCertificate.authority("Other clients");
    TlsFiles web = files("web", authority.issue(Duration.ofDays(5)));
    TlsFiles redisFiles = files("redis", authority.issue(VALIDITY), clients);
    TlsFiles redisClient = files("redis-client", clients.issue(VALIDITY), authority);
    TlsFiles postgresFiles = files("postgres", authority.issue(VALIDITY), authority);
    TlsFiles postgresClient = files("postgres-client", clients.issue(VALIDITY), authority);
    try (RedisInstance redis = BackingServers.startRedis(redisFiles.redis());
        PostgresInstance postgres = BackingServers.startPostgres()) {
      postgres.requireTls(postgresFiles);
      try (ConfigurableApplicationContext service =
          start(
              postgres.jdbcUrl(),
              web,
              redisClient,
              "--spring.data.redis.port=" + redis.port(),
              "--spring.datasource.hikari.data-source-properties.sslmode=verify-full",
              "--spring.datasource.hikari.data-source-properties.sslrootcert="
                  + postgresClient.trusted())) {
        Calls ops = calls(service, TestTokens.OPS);
        awaitState(ops, "trusted");
        Calls admin = calls(service, TestTokens.ADMIN);
        String extension = createExtension(admin, createOrganization(admin), "1001").lookup();
        Calls platform = calls(service, TestTokens.PLATFORM);
        awaitNearHit(service, platform, extension);

        webCertificateIsRenewed(service, web);

        redisFiles.replaceCertificate(otherAuthority.issue(VALIDITY));
        redisFiles.replaceTrusted(otherClients);
        redis.restart();
        awaitCause(ops, "unable to find valid certification path");
        assertThat(platform.get(extension).cacheStatus()).contains("fwd=bypass");
        TlsFiles.spoil(redisClient.trusted());
        await().until(() -> output.getOut().contains("Unexpected SSL reload error"));
        redisClient.replaceCertificate(otherClients.issue(VALIDITY));
        redisClient.replaceTrusted(otherAuthority);
        awaitState(ops, "trusted");
        awaitNearHit(service, platform, extension);

        postgresFiles.replaceCertificate(otherAuthority.issue(VALIDITY));
        postgresFiles.replaceTrusted(otherAuthority);
        postgres.requireTls(postgresFiles);
        postgres.disconnectService();
        awaitState(ops, "degraded");
        assertThat(platform.get(extension + "0").status())
            .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        postgresClient.replaceTrusted(otherAuthority);
        awaitState(ops, "trusted");
        assertThat(platform.get(extension + "0").status()).isEqualTo(HttpStatus.NOT_FOUND);
      }
    }
  }

  @Test
  void sentinelsAndThePrimaryThatTheyNameAreUsedOverTls() {
    TlsFiles servers = files("servers", authority.issue(VALIDITY), authority);
    TlsFiles client = files("client", authority.issue(VALIDITY), authority);
    try (RedisInstance redis = BackingServers.startRedis(servers.redis("requirepass of-redis"));
        SentinelInstance sentinel =
            SentinelGroup.startLoneSentinel(redis, servers.redis("requirepass of-sentinel"));
        ConfigurableApplicationContext service =
            start(
                BackingServers.shared().jdbcUrl(),
                client,
                client,
                "--REDIS_SENTINEL_MASTER=" + sentinel.group(),
                "--REDIS_SENTINEL_NODES=localhost:1,localhost:" + sentinel.port(),
                "--REDIS_SENTINEL_PASSWORD=of-sentinel",
                "--REDIS_PASSWORD=of-redis")) {
      Calls ops = calls(service, TestTokens.OPS);
      awaitState(ops, "trusted");
      await()
          .until(
              () ->
                  ops.get("/actuator/health")
                      .body()
                      .at("/components/redis/details/missing_guards/0")
                      .stringValue(""),
              "down-after-milliseconds"::equals);
    }
  }

  /** With the ACL of the README, and two servers that permit less. */
  @Test
  void clusterIsUsedOverTlsAndWhatAServerLacksIsReported(CapturedOutput output) {
    TlsFiles servers = files("servers", authority.issue(VALIDITY), authority);
    TlsFiles client = files("client", authority.issue(VALIDITY), authority);
    try (RedisCluster cluster = BackingServers.startRedisCluster(servers.redis())) {
      List<RedisInstance> primaries = cluster.servers().subList(0, 3);
      forbid(primaries.get(1), "client|tracking");
      forbid(primaries.get(2), "eval");
      try (ConfigurableApplicationContext service =
          start(
              BackingServers.shared().jdbcUrl(),
              client,
              client,
              "--REDIS_CLUSTER_NODES=localhost:1,localhost:" + primaries.getFirst().port(),
              "--REDIS_USERNAME=" + RedisCluster.USER,
              "--REDIS_PASSWORD=" + RedisCluster.PASSWORD)) {
        Calls ops = calls(service, TestTokens.OPS);
        awaitState(ops, "trusted");
        assertThat(ops.get("/actuator/routing-cache").body().at("/redis/primaries")).hasSize(3);
        Calls admin = calls(service, TestTokens.ADMIN);
        Calls platform = calls(service, TestTokens.PLATFORM);
        String organization = createOrganization(admin);
        List<Extension> extensions =
            primaries.stream()
                .map(primary -> createExtension(admin, organization, cluster, primary))
                .toList();

        awaitNearHit(service, platform, extensions.getFirst().lookup());
        assertThat(platform.get(extensions.get(1).lookup()).status()).isEqualTo(HttpStatus.OK);
        assertThat(platform.get(extensions.get(1).lookup()).cacheStatus())
            .startsWith("voice-routing; hit");
        for (Extension extension : extensions) {
          assertThat(
                  admin
                      .patch("{\"display_name\":\"New\"}", extension.resource(), Map.of())
                      .status())
              .isEqualTo(HttpStatus.OK);
          assertThat(platform.get(extension.lookup()).body().at("/display_name").stringValue())
              .isEqualTo("New");
        }
        assertThat(platform.get(extensions.get(2).lookup()).cacheStatus()).contains("fwd=miss");
        String slow = "127.0.0.1:" + primaries.get(1).port();
        String useless = "127.0.0.1:" + primaries.get(2).port();
        JsonNode health = ops.get("/actuator/health").body().at("/components/redis/details");
        assertThat(health.at("/tracking_refusal").stringValue("")).startsWith(slow + ": NOPERM");
        assertThat(health.at("/missing_guards/0").stringValue(""))
            .isEqualTo("evalsha (" + useless + ")");
        assertThat(output.getOut())
            .containsOnlyOnce("Redis at " + useless + " lacks what is recommended: permit eval")
            .containsOnlyOnce("Redis refuses to send invalidations")
            .contains("server=" + slow);
      }
    }
  }

  private static void forbid(RedisInstance server, String command) {
    server.execute(
        redis ->
            redis.dispatch(
                CommandType.ACL,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8)
                    .add("SETUSER")
                    .add(RedisCluster.USER)
                    .add("-" + command)));
  }

  /**
   * An extension.
   *
   * @param resource its path in the admin API
   * @param lookup the path of its lookup
   */
  private record Extension(String resource, String lookup) {}

  /** Creates an extension whose document belongs on this server. */
  private static Extension createExtension(
      Calls admin, String organization, RedisCluster cluster, RedisInstance server) {
    String id = organization.substring(organization.lastIndexOf('/') + 1);
    int number = 1001;
    while (!cluster.primaryOf("routing:extension:" + id + ":" + number).equals(server)) {
      number++;
    }
    return createExtension(admin, organization, "" + number);
  }

  /** Unreadable files change nothing, later ones do. */
  private void webCertificateIsRenewed(ConfigurableApplicationContext service, TlsFiles web) {
    X509Certificate first = certificateOf(service);
    assertThat(expiryInDays(service)).isBetween(4L, 5L);
    TlsFiles.spoil(web.certificate());
    TestCertificate renewed = authority.issue(VALIDITY);
    web.replaceCertificate(renewed);

    await().until(() -> !certificateOf(service).equals(first));
    assertThat(certificateOf(service)).isEqualTo(renewed.certificate());
    await().until(() -> expiryInDays(service) > 80);
  }

  private static long expiryInDays(ConfigurableApplicationContext service) {
    double seconds =
        service
            .getBean(MeterRegistry.class)
            .get("ssl.chain.expiry")
            .tags("bundle", "web", "source", "keystore")
            .gauge()
            .value();
    return Duration.ofSeconds((long) seconds).toDays();
  }

  private static String createOrganization(Calls admin) {
    String path = "/api/v1/organizations";
    return path
        + "/"
        + admin
            .send(HttpMethod.POST, "{\"name\":\"Test\",\"timezone\":\"Europe/Berlin\"}", path)
            .body()
            .get("id");
  }

  private static Extension createExtension(Calls admin, String organization, String number) {
    String path = organization + "/extensions";
    Calls.Answer created =
        admin.send(
            HttpMethod.POST, "{\"extension_number\":\"" + number + "\",\"type\":\"user\"}", path);
    assertThat(created.status()).isEqualTo(HttpStatus.CREATED);
    return new Extension(
        path + "/" + created.body().get("id"), organization + "/routing/extensions/" + number);
  }

  private static void awaitState(Calls ops, String state) {
    await()
        .until(
            () -> ops.get("/actuator/routing-cache").body().at("/redis/state").stringValue(),
            state::equals);
  }

  private static void awaitCause(Calls ops, String cause) {
    await()
        .until(
            () ->
                ops.get("/actuator/health")
                    .body()
                    .at("/components/redis/details/cause")
                    .stringValue(""),
            shown -> shown.contains(cause));
  }

  private static void awaitNearHit(
      ConfigurableApplicationContext service, Calls platform, String extension) {
    double before = nearHits(service);
    await()
        .until(
            () -> {
              assertThat(platform.get(extension).status()).isEqualTo(HttpStatus.OK);
              return nearHits(service) > before;
            });
  }

  private static double nearHits(ConfigurableApplicationContext service) {
    return service
        .getBean(MeterRegistry.class)
        .get("routing.cache.near.hits")
        .tag("cache", "extension")
        .counter()
        .count();
  }

  private TlsFiles files(String name, TestCertificate own, TestCertificate... trusted) {
    return TlsFiles.create(directory, name, own, trusted);
  }

  private Calls calls(ConfigurableApplicationContext service, String token) {
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(authority)).build();
    return new Calls(
        RestTestClient.bindToServer(new JdkClientHttpRequestFactory(client))
            .baseUrl("https://localhost:" + port(service))
            .build(),
        token);
  }

  private static int port(ConfigurableApplicationContext service) {
    return Objects.requireNonNull(
        service.getEnvironment().getProperty("local.server.port", Integer.class));
  }

  /** The certificate that a new connection is shown. */
  private X509Certificate certificateOf(ConfigurableApplicationContext service) {
    try (SSLSocket socket =
        (SSLSocket)
            trusting(authority).getSocketFactory().createSocket("localhost", port(service))) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext trusting(TestCertificate authority) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", authority.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts the service on TLS. */
  private static ConfigurableApplicationContext start(
      String jdbcUrl, TlsFiles web, TlsFiles redis, String... more) {
    BackingServers servers = BackingServers.shared();
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.ssl.bundle=web",
                "--spring.data.redis.ssl.bundle=redis",
                "--spring.ssl.bundle.watch.file.quiet-period=100ms",
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=" + servers.databaseUsername(),
                "--spring.datasource.password=" + servers.databasePassword(),
                "--routing.security.platform-token=" + TestTokens.PLATFORM,
                "--routing.security.admin-token=" + TestTokens.ADMIN,
                "--routing.security.ops-token=" + TestTokens.OPS));
    settings.addAll(web.bundle("web"));
    settings.addAll(redis.bundle("redis"));
    settings.addAll(Arrays.asList(more));
    return new SpringApplicationBuilder(VoiceRoutingApplication.class)
        .run(settings.toArray(String[]::new));
  }
}
