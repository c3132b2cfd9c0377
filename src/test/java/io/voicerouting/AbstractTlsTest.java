package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Patience;
import io.voicerouting.testing.TestCertificate;
import io.voicerouting.testing.TestTimeouts;
import io.voicerouting.testing.TestTokens;
import io.voicerouting.testing.TlsFiles;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A service whose port and whose Redis use TLS. */
@Isolated("captures the output")
@ExtendWith(OutputCaptureExtension.class)
abstract class AbstractTlsTest {

  static final Duration VALIDITY = Duration.ofDays(90);
  static final Duration PATIENCE = Patience.LIMIT;

  final TestCertificate authority = TestCertificate.authority("First");

  @TempDir private Path directory;

  /**
   * An extension.
   *
   * @param resource its path in the admin API
   * @param lookup the path of its lookup
   */
  record Extension(String resource, String lookup) {}

  static String createOrganization(Calls admin) {
    String path = "/api/v1/organizations";
    return path
        + "/"
        + admin
            .send(HttpMethod.POST, "{\"name\":\"Test\",\"timezone\":\"Europe/Berlin\"}", path)
            .body()
            .get("id");
  }

  static Extension createExtension(Calls admin, String organization, String number) {
    String path = organization + "/extensions";
    Calls.Answer created =
        admin.send(
            HttpMethod.POST, "{\"extension_number\":\"" + number + "\",\"type\":\"user\"}", path);
    assertThat(created.status()).isEqualTo(HttpStatus.CREATED);
    return new Extension(
        path + "/" + created.body().get("id"), organization + "/routing/extensions/" + number);
  }

  static void awaitState(Calls ops, String state) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> ops.get("/actuator/routing-cache").body().at("/redis/state").stringValue(),
            state::equals);
  }

  static void awaitNearHit(
      ConfigurableApplicationContext service, Calls platform, String extension) {
    double before = nearHits(service);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(platform.get(extension).status()).isEqualTo(HttpStatus.OK);
              return nearHits(service) > before;
            });
  }

  static double nearHits(ConfigurableApplicationContext service) {
    return service
        .getBean(MeterRegistry.class)
        .get("routing.cache.near.hits")
        .tag("cache", "extension")
        .counter()
        .count();
  }

  TlsFiles files(String name, TestCertificate own, TestCertificate... trusted) {
    return TlsFiles.create(directory, name, own, trusted);
  }

  Calls calls(ConfigurableApplicationContext service, String token) {
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(authority)).build();
    return new Calls(
        RestTestClient.bindToServer(new JdkClientHttpRequestFactory(client))
            .baseUrl("https://localhost:" + port(service))
            .build(),
        token);
  }

  static int port(ConfigurableApplicationContext service) {
    return Objects.requireNonNull(
        service.getEnvironment().getProperty("local.server.port", Integer.class));
  }

  static SSLContext trusting(TestCertificate authority) {
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
  static ConfigurableApplicationContext start(
      String jdbcUrl, TlsFiles web, TlsFiles redis, String... more) {
    BackingServers servers = BackingServers.shared();
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.ssl.bundle=web",
                "--spring.data.redis.ssl.bundle=redis",
                "--spring.data.redis.timeout=5s", // a handshake may take long on a busy machine
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
        .run(TestTimeouts.with(settings.toArray(String[]::new)));
  }
}
