package io.voicerouting.routing.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.regex.Matcher;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.ObjectWriter;

/**
 * A controller's method, and how a plain request calls it. To Spring it is that method, so that
 * what it throws is answered like what the others throw.
 */
final class DirectRoute extends HandlerMethod {

  private final String pattern;
  private final Call call;
  private final ObjectWriter writer;

  /**
   * Names the method.
   *
   * @param pattern of its path, by which requests are counted
   * @param writer makes JSON of what it returns
   */
  DirectRoute(String pattern, Object controller, Method method, Call call, ObjectWriter writer) {
    super(controller, method);
    this.pattern = pattern;
    this.call = call;
    this.writer = writer;
  }

  /** Calls the method. */
  interface Call {
    /**
     * What the method returns.
     *
     * @param path matched, its groups being the path's variables
     */
    Object handle(HttpServletRequest request, Matcher path, HttpServletResponse response);
  }

  String pattern() {
    return pattern;
  }

  /** The answer as JSON. */
  byte[] handle(HttpServletRequest request, Matcher path, HttpServletResponse response) {
    return writer.writeValueAsBytes(call.handle(request, path, response));
  }
}
