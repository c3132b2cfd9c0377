package io.voicerouting.holiday;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches feeds: by https, from public addresses, in a limited time, with a limited number of
 * redirects. Each host name is resolved once; the connection goes to an address that was checked.
 */
final class FeedFetcher {

  /** Longest time for one feed, redirects included. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final int MOST_REDIRECTS = 3;

  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Supplier<SSLSocketFactory> sockets;
  private final Resolver resolver;
  private final Predicate<InetAddress> allowed;

  /**
   * @param sockets for TLS
   * @param allowed addresses to which it may connect
   */
  FeedFetcher(
      Supplier<SSLSocketFactory> sockets, Resolver resolver, Predicate<InetAddress> allowed) {
    this.sockets = sockets;
    this.resolver = resolver;
    this.allowed = allowed;
  }

  /**
   * Fetches a feed.
   *
   * @param etag entity tag of the file that is known already; null to get it in any case
   * @return no redirect
   */
  FeedResponse fetch(String url, @Nullable String etag) {
    Attempt attempt = new Attempt(etag);
    Thread.ofVirtual().name("holiday-feed").start(() -> attempt.run(url));
    try {
      return attempt.answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return failed("did not answer completely within " + TIMEOUT.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("was not fetched because the service stops");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      attempt.end();
    }
  }

  private static FeedResponse failed(String reason) {
    return new FeedResponse.Failed(reason);
  }

  /** Requests that run on a thread of their own and can be ended from another one. */
  private final class Attempt {

    private final @Nullable String etag;
    private final CompletableFuture<FeedResponse> answer = new CompletableFuture<>();
    private @Nullable PinnedSocketFactory open;
    private boolean ended;

    Attempt(@Nullable String etag) {
      this.etag = etag;
    }

    void run(String url) {
      try {
        answer.complete(follow(url));
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    }

    /** Closes the connection, so that the thread ends if it still reads. */
    synchronized void end() {
      ended = true;
      if (open != null) {
        open.close();
      }
    }

    private synchronized PinnedSocketFactory pin(InetAddress address) {
      open = new PinnedSocketFactory(sockets.get(), address);
      if (ended) {
        open.close();
      }
      return open;
    }

    private FeedResponse follow(String first) {
      try {
        URI url = new URI(first);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
          FeedResponse response = request(url);
          if (!(response instanceof FeedResponse.Redirect redirect)) {
            return response;
          }
          url = url.resolve(new URI(redirect.location()));
        }
        return failed("redirects more than " + MOST_REDIRECTS + " times");
      } catch (URISyntaxException e) {
        return failed("redirects to something that is no URL");
      }
    }

    private FeedResponse request(URI url) {
      if (!FeedUrls.accepts(url)) {
        return failed("is not at an https URL, or redirects to one that is not accepted");
      }
      try {
        InetAddress[] addresses = resolver.resolve(url.getHost());
        for (InetAddress address : addresses) {
          if (!allowed.test(address)) {
            return failed("has the address " + address.getHostAddress() + ", which is not public");
          }
        }
        return new FeedRequest(url, pin(addresses[0]), etag).send();
      } catch (UnknownHostException e) {
        return failed("has an unknown host: " + url.getHost());
      } catch (SSLException e) {
        return failed("cannot be reached securely: " + e.getMessage());
      } catch (IOException e) {
        return failed("cannot be fetched: " + e.getMessage());
      }
    }
  }
}
