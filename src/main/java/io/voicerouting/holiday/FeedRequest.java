package io.voicerouting.holiday;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** One request for a feed, without redirects. */
final class FeedRequest {

  /** Longest file, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final int TIMEOUT_MILLIS = (int) FeedFetcher.TIMEOUT.toMillis();
  private static final int PERMANENT_REDIRECT = 308;
  private static final int TEMPORARY_REDIRECT = 307;

  private final HttpsURLConnection connection;

  /** Opens no connection yet. */
  FeedRequest(URI url, PinnedSocketFactory sockets, @Nullable String etag) throws IOException {
    connection = (HttpsURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(sockets);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setRequestProperty("Accept", "text/calendar, */*;q=0.1");
    connection.setRequestProperty("User-Agent", "voice-routing-cache");
    connection.setRequestProperty("Connection", "close");
    if (etag != null) {
      connection.setRequestProperty("If-None-Match", etag);
    }
  }

  /** Sends the request, reads the answer and closes the connection. */
  FeedResponse send() throws IOException {
    try {
      return answer();
    } finally {
      connection.disconnect();
    }
  }

  private FeedResponse answer() throws IOException {
    int status = connection.getResponseCode();
    return switch (status) {
      case HttpURLConnection.HTTP_OK -> readFile();
      case HttpURLConnection.HTTP_NOT_MODIFIED -> new FeedResponse.NotModified();
      case HttpURLConnection.HTTP_MOVED_PERM,
          HttpURLConnection.HTTP_MOVED_TEMP,
          HttpURLConnection.HTTP_SEE_OTHER,
          TEMPORARY_REDIRECT,
          PERMANENT_REDIRECT -> {
        String location = connection.getHeaderField("Location");
        yield location == null
            ? new FeedResponse.Failed("answered " + status + " without Location")
            : new FeedResponse.Redirect(location);
      }
      case -1 -> new FeedResponse.Failed("answered something that is not HTTP");
      default -> new FeedResponse.Failed("answered " + status);
    };
  }

  private FeedResponse readFile() throws IOException {
    byte[] content;
    try (InputStream body = connection.getInputStream()) {
      content = body.readNBytes(MAX_BYTES + 1);
    }
    if (content.length > MAX_BYTES) {
      return new FeedResponse.Failed("is longer than " + MAX_BYTES + " bytes");
    }
    long announced = connection.getContentLengthLong(); // -1 for a chunked body
    if (announced >= 0 && content.length != announced) {
      return new FeedResponse.Failed(
          "has " + content.length + " bytes instead of the announced " + announced);
    }
    return new FeedResponse.File(
        new String(content, StandardCharsets.UTF_8), connection.getHeaderField("ETag"));
  }
}
