package io.voicerouting.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failed authentications per address, for IPv6 per network of 64 bits. Bounded: if more
 * addresses fail, the count of some is lost. Thread-safe.
 */
final class FailedAuthentications {

  /** Enough for a botnet, in about a megabyte of heap. */
  static final int MAX_ADDRESSES = 10_000;

  private static final int NETWORK_BYTES = 8;

  private static final Logger LOG = LoggerFactory.getLogger(FailedAuthentications.class);

  private final int max;
  private final Duration window;
  private final Cache<String, AtomicInteger> byAddress;

  /**
   * @param max failures of one address within the window that have no consequence
   * @param window counted from the first failure
   */
  FailedAuthentications(int max, Duration window, Ticker ticker) {
    this.max = max;
    this.window = window;
    this.byAddress =
        Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(window)
            .ticker(ticker)
            .build();
  }

  void record(String address) {
    String network = network(address);
    if (byAddress.get(network, unused -> new AtomicInteger()).incrementAndGet() == max + 1) {
      LOG.warn(
          "Voice routing cache: More than {} failed authentications of {} within {};"
              + " further wrong tokens are answered 429",
          max,
          network,
          window);
    }
  }

  /** Whether the address has failed more often than permitted. */
  boolean isThrottled(String address) {
    AtomicInteger failures = byAddress.getIfPresent(network(address));
    return failures != null && failures.get() > max;
  }

  /** Returns the longest time until a throttled address is not throttled any more. */
  Duration window() {
    return window;
  }

  /** One caller usually has all addresses of such a network. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES)) + "::/64"
          : address;
    } catch (IllegalArgumentException e) {
      return address;
    }
  }

  long size() {
    byAddress.cleanUp();
    return byAddress.estimatedSize();
  }
}
