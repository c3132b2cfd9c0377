package io.voicerouting.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies above 1 MiB: at once when their length is announced, else after reading that much.
 * It comes after security, so that strangers cannot make the service read anything.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class BodyLimitFilter extends OncePerRequestFilter {

  static final int LIMIT = 1 << 20;

  private final ProblemWriter problems;

  BodyLimitFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest bounded = request;
    boolean tooLarge = request.getContentLengthLong() > LIMIT;
    if (!tooLarge && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
      byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
      tooLarge = body.length > LIMIT;
      bounded = new BufferedRequest(request, body);
    }
    if (tooLarge) {
      problems.write(
          request,
          response,
          HttpStatus.CONTENT_TOO_LARGE,
          "content-too-large",
          "The body is longer than " + LIMIT + " bytes.");
    } else {
      chain.doFilter(bounded, response);
    }
  }

  /** A request whose body of unannounced length has been read. */
  private static final class BufferedRequest extends HttpServletRequestWrapper {

    private final ServletInputStream body;

    BufferedRequest(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = new BufferedStream(new ByteArrayInputStream(body));
    }

    @Override
    public ServletInputStream getInputStream() {
      return body;
    }
  }

  private static final class BufferedStream extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    BufferedStream(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("bodies are read blocking");
    }
  }
}
