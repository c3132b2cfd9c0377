package io.voicerouting.web;

import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/** Registers argument resolvers and the converter of request bodies. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

  private final EntityTags tags;

  WebConfiguration(EntityTags tags) {
    this.tags = tags;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new PageQueryResolver());
    resolvers.add(new PreconditionResolver(tags));
  }

  @Bean
  @Order // last, after Boot's own converters
  ServerHttpMessageConvertersCustomizer requestBodies(JsonMapper mapper, Validator validator) {
    return builder -> builder.withJsonConverter(new RequestBodyConverter(mapper, validator));
  }

  /** Spring calls added resolvers after its own, which would resolve enum parameters first. */
  @Bean
  SmartInitializingSingleton errorCollectingArguments(RequestMappingHandlerAdapter adapter) {
    return () -> {
      List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
      resolvers.add(new EnumParameterResolver());
      resolvers.addAll(Objects.requireNonNullElse(adapter.getArgumentResolvers(), List.of()));
      adapter.setArgumentResolvers(List.of(new ErrorCollectingArgumentResolver(resolvers)));
    };
  }
}
