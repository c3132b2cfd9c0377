package io.voicerouting.platform;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the filter that answers platforms. */
@Configuration(proxyBeanMethods = false)
class PlatformWebConfiguration {

  /** Refers to the filter by name, since Tomcat needs its filters before other beans exist. */
  @Bean
  static DelegatingFilterProxyRegistrationBean platformRoutesRegistration() {
    DelegatingFilterProxyRegistrationBean filter =
        new DelegatingFilterProxyRegistrationBean("platformRoutes");
    filter.setDispatcherTypes(DispatcherType.REQUEST);
    return filter;
  }
}
