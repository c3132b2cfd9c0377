package io.voicerouting.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Replaces filters of Spring Boot that cost time on every request. */
@Configuration(proxyBeanMethods = false)
class FilterConfiguration {

  /** Measures requests, at the place of Boot's filter. */
  @Bean
  FilterRegistrationBean<ServerHttpObservationFilter> requestMeterFilter(
      ObservationRegistry observations,
      ObjectProvider<ObservationHandler<?>> handlers,
      MeterRegistry meters) {
    boolean metersOnly = handlers.stream().allMatch(MeterObservationHandler.class::isInstance);
    FilterRegistrationBean<ServerHttpObservationFilter> filter =
        new FilterRegistrationBean<>(
            new RequestMeterFilter(observations, metersOnly ? new RequestTimers(meters) : null));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
    return filter;
  }

  /** Turns it off: no filter needs the request of the thread, and Spring MVC exposes it itself. */
  @Bean
  FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
    FilterRegistrationBean<RequestContextFilter> filter =
        new FilterRegistrationBean<>(new RequestContextFilter());
    filter.setEnabled(false);
    return filter;
  }
}
