package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.TestCertificate;
import io.voicerouting.testing.TestTokens;
import io.voicerouting.testing.TlsFiles;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** Service, Redis and PostgreSQL over TLS, and certificates that change while the service runs. */
class TlsRenewalTest extends AbstractTlsTest {

  private final TestCertificate otherAuthority = TestCertificate.authority("Second");

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
        certificatesAreListed(ops);

        webCertificateIsRenewed(service, web);

        redisFiles.replaceCertificate(otherAuthority.issue(VALIDITY));
        redisFiles.replaceTrusted(otherClients);
        redis.restart();
        awaitCause(ops, "unable to find valid certification path");
        assertThat(platform.get(extension).cacheStatus()).contains("fwd=bypass");
        TlsFiles.spoil(redisClient.trusted());
        await()
            .atMost(PATIENCE)
            .until(() -> output.getOut().contains("Unexpected SSL reload error"));
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

  /** Under the names that the console reads. */
  private static void certificatesAreListed(Calls ops) {
    JsonNode bundles = ops.get("/actuator/info").body().at("/ssl/bundles");
    JsonNode web =
        bundles
            .valueStream()
            .filter(bundle -> bundle.path("name").asString().equals("web"))
            .findFirst()
            .orElseThrow();
    JsonNode certificate = web.at("/certificateChains/0/certificates/0");
    assertThat(certificate.path("subject").asString()).contains("CN=");
    assertThat(Instant.parse(certificate.path("validityEnds").asString()))
        .isBetween(Instant.now().plus(Duration.ofDays(4)), Instant.now().plus(Duration.ofDays(5)));
  }

  /** Unreadable files change nothing, later ones do. */
  private void webCertificateIsRenewed(ConfigurableApplicationContext service, TlsFiles web) {
    X509Certificate first = certificateOf(service);
    assertThat(expiryInDays(service)).isBetween(4L, 5L);
    TlsFiles.spoil(web.certificate());
    TestCertificate renewed = authority.issue(VALIDITY);
    web.replaceCertificate(renewed);

    await().atMost(PATIENCE).until(() -> !certificateOf(service).equals(first));
    assertThat(certificateOf(service)).isEqualTo(renewed.certificate());
    await().atMost(PATIENCE).until(() -> expiryInDays(service) > 80);
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

  private static void awaitCause(Calls ops, String cause) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ops.get("/actuator/health")
                    .body()
                    .at("/components/redis/details/cause")
                    .stringValue(""),
            shown -> shown.contains(cause));
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
}
