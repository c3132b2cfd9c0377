package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedAuthenticationsTest {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final AtomicLong nanos = new AtomicLong();
  private final FailedAuthentications failures = new FailedAuthentications(3, WINDOW, nanos::get);

  @Test
  void throttlesAnAddressAfterTheLastPermittedFailure() {
    fail("192.0.2.1", 3);
    assertThat(failures.isThrottled("192.0.2.1")).isFalse();

    fail("192.0.2.1", 1);

    assertThat(failures.isThrottled("192.0.2.1")).isTrue();
    assertThat(failures.isThrottled("192.0.2.2")).isFalse();
  }

  @Test
  void forgetsAnAddressAfterTheWindowAlthoughItGoesOnFailing() {
    fail("192.0.2.1", 4);
    nanos.addAndGet(WINDOW.dividedBy(2).toNanos());
    fail("192.0.2.1", 4);
    nanos.addAndGet(WINDOW.dividedBy(2).toNanos());

    assertThat(failures.isThrottled("192.0.2.1")).isFalse();
  }

  @Test
  void countsTheNetworkOfAnIpv6Address() {
    fail("2001:db8:1:2:3:4:5:6", 2);
    fail("2001:db8:1:2::1", 2);

    assertThat(failures.isThrottled("2001:db8:1:2:ffff::")).isTrue();
    assertThat(failures.isThrottled("2001:db8:1:3::1")).isFalse();
  }

  @Test
  void isBounded() {
    for (int i = 0; i < 3 * FailedAuthentications.MAX_ADDRESSES; i++) {
      fail("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 1);
    }

    assertThat(failures.size()).isLessThanOrEqualTo(FailedAuthentications.MAX_ADDRESSES);
  }

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      failures.record(address);
    }
  }
}
