package io.voicerouting.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Turns Tomcat's own errors into problem documents. */
@Component
final class TomcatConfiguration
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

  private final ProblemWriter problems;

  TomcatConfiguration(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(null); // replaced by the valve below
            host.getPipeline().addValve(new ProblemReportValve(problems));
          }
        });
  }

  /** Runs after Boot's own customizer, so that Boot's valve finds the response already written. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
