package io.voicerouting.bench.baseline;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;

/** Tomcat with one servlet and no filter: the upper bound for every other implementation. */
@ImportAutoConfiguration({
  PropertyPlaceholderAutoConfiguration.class,
  TomcatServletWebServerAutoConfiguration.class
})
final class BareServlet {

  /** Returns the recorded decision for every request. */
  @SuppressWarnings("serial") // never serialized
  private static final class Constant extends HttpServlet {
    private final byte[] body;

    Constant(byte[] body) {
      this.body = body;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  @Bean
  ServletRegistrationBean<HttpServlet> constant(@Value("${baseline.answers}") Path directory)
      throws IOException {
    byte[] body = Files.readAllBytes(directory.resolve("decision.json"));
    return new ServletRegistrationBean<>(new Constant(body), "/");
  }

  /** Runs the application. */
  public static void main(String[] args) {
    SpringApplication.run(BareServlet.class, args);
  }
}
