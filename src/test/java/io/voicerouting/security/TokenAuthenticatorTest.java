package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.common.ApiClient;
import io.voicerouting.security.TokenAuthenticator.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Somebody guesses tokens, and their lookups do not end. */
class TokenAuthenticatorTest {

  private static final String ADDRESS = "192.0.2.1";
  private static final String RIGHT = "an-issued-token";
  private static final int LOOKUPS_AT_ONCE = 4;

  private final CountDownLatch started = new CountDownLatch(LOOKUPS_AT_ONCE);
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<CompletableFuture<Outcome>> guesses = new ArrayList<>();
  private final TokenAuthenticator authenticator =
      new TokenAuthenticator(
          new SettingsTokens(properties()),
          new StaticListableBeanFactory(Map.of("issued", new SlowTokens()))
              .getBeanProvider(IssuedTokens.class),
          properties(),
          new SimpleMeterRegistry());

  private static SecurityProperties properties() {
    return new SecurityProperties(
        "platform-test-token", "admin-test-token", "ops-test-token", "", 30, Duration.ofMinutes(1));
  }

  /** Finds one token at once; the others wait for the end of the test. */
  private final class SlowTokens implements IssuedTokens {

    private final String right = HexFormat.of().formatHex(SettingsTokens.digest(RIGHT));

    @Override
    public Result find(String digest) {
      if (digest.equals(right)) {
        return new Result.Valid(new ApiClient("right", 1L, null), Role.PLATFORM, null);
      }
      started.countDown();
      join(end);
      return new Result.Invalid();
    }

    @Override
    public List<String> findDigests(int most) {
      return List.of(right);
    }
  }

  @AfterEach
  void end() {
    end.countDown();
    guesses.forEach(CompletableFuture::join);
  }

  @Test
  void validTokensDoNotWaitForLookupsOfWrongOnes() {
    authenticator.openGateForValidTokens();
    guess();

    assertThat(authenticator.authenticate(RIGHT, ADDRESS)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void otherTokensWaitForLookupsOfWrongOnes() {
    guess();

    assertThat(authenticator.authenticate(RIGHT, ADDRESS)).isInstanceOf(Outcome.Unavailable.class);
  }

  private void guess() {
    for (int i = 0; i < LOOKUPS_AT_ONCE; i++) {
      String wrong = "a-wrong-token-" + i;
      guesses.add(
          CompletableFuture.supplyAsync(
              () -> authenticator.authenticate(wrong, ADDRESS), Thread::startVirtualThread));
    }
    join(started);
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
