package io.voicerouting.actuate;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.webmvc.actuate.endpoint.web.WebMvcEndpointHandlerMapping;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Changes the mapping of endpoints. */
@Configuration(proxyBeanMethods = false)
class ActuateConfiguration {

  private static final int AFTER_CONTROLLERS = 1;

  /** The operation {@code POST /{org}} would otherwise take {@code evictions} for an id. */
  @Bean
  static BeanPostProcessor endpointsAfterControllers() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof WebMvcEndpointHandlerMapping endpoints) {
          endpoints.setOrder(AFTER_CONTROLLERS);
        }
        return bean;
      }
    };
  }
}
