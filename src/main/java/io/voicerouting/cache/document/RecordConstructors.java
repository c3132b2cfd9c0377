package io.voicerouting.cache.document;

import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;

/**
 * Calls the constructors of records by reflection. Jackson 3.1 derives a method handle for each
 * call, which takes nearly a fifth of the time of reading a schedule.
 */
final class RecordConstructors extends ValueInstantiators.Base {

  @Override
  public ValueInstantiator modifyValueInstantiator(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      ValueInstantiator instantiator) {
    return instantiator instanceof StdValueInstantiator standard
            && standard.getValueClass().isRecord()
            && standard.getWithArgsCreator() != null
            && standard.getWithArgsCreator().getAnnotated() instanceof Constructor<?> constructor
        ? new Reflective(standard, constructor)
        : instantiator;
  }

  private static final class Reflective extends StdValueInstantiator {

    private final Constructor<?> constructor;

    Reflective(StdValueInstantiator standard, Constructor<?> constructor) {
      super(standard);
      this.constructor = constructor;
    }

    @Override
    public @Nullable Object createFromObjectWith(DeserializationContext context, Object[] args) {
      try {
        return constructor.newInstance(args);
      } catch (ReflectiveOperationException | RuntimeException e) {
        if (e.getCause() instanceof Error error) {
          throw error; // says nothing about the document
        }
        return context.handleInstantiationProblem(
            getValueClass(), args, rewrapCtorProblem(context, e));
      }
    }
  }
}
