package io.voicerouting.cache.config;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SslOptions;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The SSL bundle of all connections to Redis. Each new connection uses the current certificates;
 * Spring Boot would keep using those that it read at the start. Open connections stay open.
 */
final class RedisSslBundle implements LettuceClientOptionsBuilderCustomizer {

  private static final Logger LOG = LoggerFactory.getLogger("io.voicerouting.cache");

  private final String name;
  private volatile Managers managers;

  /** What connections need, read from the files of the bundle. */
  private record Managers(KeyManagerFactory keys, TrustManagerFactory trust, SslBundle bundle) {
    static Managers of(SslBundle bundle) {
      return new Managers(
          bundle.getManagers().getKeyManagerFactory(),
          bundle.getManagers().getTrustManagerFactory(),
          bundle);
    }
  }

  /**
   * Reads a bundle, and follows its updates.
   *
   * @throws IllegalStateException if a file of the bundle cannot be read
   */
  RedisSslBundle(String name, SslBundles bundles) {
    this.name = name;
    this.managers = Managers.of(bundles.getBundle(name));
    bundles.addBundleUpdateHandler(name, this::update);
  }

  /** If the renewed files cannot be read, the former certificates stay in use; Boot logs why. */
  private void update(SslBundle renewed) {
    managers = Managers.of(renewed);
    LOG.info("Voice routing cache: New connections to Redis use the renewed SSL bundle {}", name);
  }

  @Override
  public void customize(ClientOptions.Builder options) {
    options.sslOptions(SslOptions.builder().sslContext(this::configure).build());
  }

  /** Called for each connection. */
  private void configure(SslContextBuilder context) {
    Managers current = managers;
    context.keyManager(current.keys()).trustManager(current.trust());
    String[] ciphers = current.bundle().getOptions().getCiphers();
    if (ciphers != null) {
      context.ciphers(Arrays.asList(ciphers));
    }
    String[] protocols = current.bundle().getOptions().getEnabledProtocols();
    if (protocols != null) {
      context.protocols(protocols);
    }
  }
}
