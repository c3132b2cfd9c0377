package io.voicerouting.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * A test of the whole service over HTTP, on real PostgreSQL and Redis that all tests of the JVM
 * share: a test makes an organization of its own rather than an empty database. A {@code
 * RestTestClient} can be injected; {@link TestTokens} holds what it sends.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "routing.security.platform-token=" + TestTokens.PLATFORM,
      "routing.security.admin-token=" + TestTokens.ADMIN,
      "routing.security.ops-token=" + TestTokens.OPS,
      "routing.cache.warm.enabled=false", // it would load what a test expects to be missing
      TestTimeouts.COMMAND,
      TestTimeouts.LOOKUP,
      TestTimeouts.LEASE,
      TestTimeouts.LOAD,
      TestTimeouts.CONNECTION,
      "routing.security.max-failures=1000000", // all tests share an address
      "routing.holidays.allow-private-addresses=true",
      "routing.holidays.poll-interval=1h", // tests run the job themselves
      "routing.security.secret-keys=" + TestTokens.SECRET_KEYS
    })
@AutoConfigureRestTestClient
@Import(BackingServersConfiguration.class)
public @interface IntegrationTest {}
