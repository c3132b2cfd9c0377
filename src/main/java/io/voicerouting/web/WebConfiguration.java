package io.voicerouting.web;

import jakarta.validation.Validator;
import java.util.List;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What controllers can declare as parameters, and how bodies are read. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverterFactory(new EnumParameterConverter());
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new PageQueryResolver());
    resolvers.add(new IfMatchResolver());
  }

  @Bean
  @Order // last, after Boot has offered its own
  ServerHttpMessageConvertersCustomizer strictBodies(JsonMapper mapper, Validator validator) {
    return builder -> builder.withJsonConverter(new JsonBodyConverter(mapper, validator));
  }
}
