package io.voicerouting.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Authenticates tokens: first those of the settings, then issued ones. From a minute after it was
 * issued, a valid token is looked up at once, whatever else its address has sent.
 */
@Component
class TokenAuthenticator {

  private static final Duration MAX_WAIT = Duration.ofSeconds(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final SettingsTokens settings;
  private final SingletonSupplier<IssuedTokens> issued; // found once: that takes microseconds
  private final FailedAuthentications failures;
  private final LookupGate gate = new LookupGate(MAX_WAIT);
  private final Counter rejected;
  private final Counter throttled;
  private final Counter unavailable;

  TokenAuthenticator(
      SettingsTokens settings,
      ObjectProvider<IssuedTokens> issued,
      SecurityProperties properties,
      MeterRegistry meters) {
    this.settings = settings;
    this.issued = SingletonSupplier.ofNullable(issued::getIfAvailable);
    this.failures =
        new FailedAuthentications(
            properties.maxFailures(), properties.failureWindow(), Ticker.systemTicker());
    this.rejected = counter(meters, "rejected");
    this.throttled = counter(meters, "throttled");
    this.unavailable = counter(meters, "unavailable");
  }

  private static Counter counter(MeterRegistry meters, String outcome) {
    return Counter.builder("routing.authentication.failures")
        .description("Requests with a token that was not accepted")
        .tag("outcome", outcome)
        .register(meters);
  }

  /**
   * Lets valid tokens pass the gate before their first request, so that nobody who guesses tokens
   * can keep them waiting.
   */
  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT2S")
  void openGateForValidTokens() {
    IssuedTokens tokens = issued.get();
    if (tokens != null) {
      tokens.findDigests(LookupGate.MAX_ACCEPTED).forEach(digest -> gate.record(digest, true));
    }
  }

  sealed interface Outcome {

    /** The token is valid. */
    record Accepted(ClientAuthentication client) implements Outcome {}

    /** The token is wrong, expired or revoked. */
    record Rejected() implements Outcome {}

    /** As rejected, from an address that has failed too often; or its lookups take too long. */
    record Throttled(Duration retryAfter) implements Outcome {}

    /** Neither cache nor database could answer, or too many unknown tokens are looked up. */
    record Unavailable(Duration retryAfter) implements Outcome {}
  }

  /**
   * Authenticates a token.
   *
   * @param address where the request came from
   */
  Outcome authenticate(String token, String address) {
    byte[] digest = SettingsTokens.digest(token);
    ClientAuthentication known = settings.find(digest);
    return known == null
        ? authenticateIssued(HexFormat.of().formatHex(digest), address)
        : new Outcome.Accepted(known);
  }

  private Outcome authenticateIssued(String digest, String address) {
    IssuedTokens tokens = issued.get();
    if (tokens == null) {
      return fail(address);
    }
    IssuedTokens.Result result =
        gate.pass(digest, () -> failures.isThrottled(address), () -> tokens.find(digest));
    if (result == null) {
      return refuseLookup(failures.isThrottled(address));
    }
    return switch (result) {
      case IssuedTokens.Result.Valid valid -> {
        gate.record(digest, true);
        yield new Outcome.Accepted(
            new ClientAuthentication(valid.client(), valid.role(), valid.encryptedSecret(), null));
      }
      case IssuedTokens.Result.Invalid invalid -> {
        gate.record(digest, false);
        yield fail(address);
      }
      case IssuedTokens.Result.Unavailable failure -> {
        unavailable.increment();
        yield new Outcome.Unavailable(failure.retryAfter());
      }
    };
  }

  /** There are too many lookups of unknown tokens before this one. */
  private Outcome refuseLookup(boolean suspicious) {
    if (suspicious) {
      throttled.increment();
      return new Outcome.Throttled(RETRY_AFTER);
    }
    unavailable.increment();
    return new Outcome.Unavailable(RETRY_AFTER);
  }

  private Outcome fail(String address) {
    failures.record(address);
    if (failures.isThrottled(address)) {
      throttled.increment();
      return new Outcome.Throttled(failures.window());
    }
    rejected.increment();
    return new Outcome.Rejected();
  }
}
