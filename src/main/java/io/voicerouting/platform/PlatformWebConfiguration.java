package io.voicerouting.platform;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the filter that answers platforms. */
@Configuration(proxyBeanMethods = false)
class PlatformWebConfiguration {

  /** By name, since Tomcat asks for its filters before the other beans are created. */
  @Bean
  static DelegatingFilterProxyRegistrationBean platformRoutesRegistration() {
    DelegatingFilterProxyRegistrationBean filter =
        new DelegatingFilterProxyRegistrationBean("platformRoutes");
    filter.setDispatcherTypes(DispatcherType.REQUEST);
    return filter;
  }
}
