package io.voicerouting.security;

import io.voicerouting.web.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;

/**
 * Refuses unsafe requests that a page of another site makes a browser send. Only browsers send
 * {@code Sec-Fetch-Site} (W3C Fetch Metadata); platforms are not affected.
 */
final class CrossSiteFilter implements Filter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final ProblemWriter problems;

  CrossSiteFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest received, ServletResponse answer, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request = (HttpServletRequest) received;
    HttpServletResponse response = (HttpServletResponse) answer;
    if (!SAFE.contains(request.getMethod())
        && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      problems.write(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "cross-site-request",
          "Pages of other sites must not send this request.");
      return;
    }
    chain.doFilter(request, response);
  }
}
