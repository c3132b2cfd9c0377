package io.voicerouting.routing.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.ObjectWriter;

/**
 * A controller's method with a direct way to call it. Spring treats it as that method, so the same
 * advice handles its exceptions.
 */
final class DirectRoute extends HandlerMethod {

  private final String pattern;
  private final Call call;
  private final ObjectWriter writer;

  /**
   * @param pattern path pattern of the method, for metrics
   * @param writer writes the method's result as JSON
   */
  DirectRoute(String pattern, Object controller, Method method, Call call, ObjectWriter writer) {
    super(controller, method);
    this.pattern = pattern;
    this.call = call;
    this.writer = writer;
  }

  interface Call {
    /**
     * Calls the controller's method.
     *
     * @param path the path of the request
     */
    Object handle(HttpServletRequest request, CallPath path, HttpServletResponse response);
  }

  String pattern() {
    return pattern;
  }

  /** Calls the method and writes its result as JSON. */
  byte[] handle(HttpServletRequest request, CallPath path, HttpServletResponse response) {
    return writer.writeValueAsBytes(call.handle(request, path, response));
  }
}
