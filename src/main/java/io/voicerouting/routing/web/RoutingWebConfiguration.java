package io.voicerouting.routing.web;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Registers the argument resolvers of the routing controllers, and the filter of direct routes. */
@Configuration(proxyBeanMethods = false)
class RoutingWebConfiguration implements WebMvcConfigurer {

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new DecisionQueryResolver());
  }

  /** Refers to the filter by name, since Tomcat needs its filters before other beans exist. */
  @Bean
  static DelegatingFilterProxyRegistrationBean directRoutesRegistration() {
    DelegatingFilterProxyRegistrationBean filter =
        new DelegatingFilterProxyRegistrationBean("directRouteFilter");
    filter.setDispatcherTypes(DispatcherType.REQUEST);
    return filter;
  }
}
