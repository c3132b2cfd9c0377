package io.voicerouting.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes records in the API document with the JSON names of their members. Members of a {@link
 * Nullable} type may be null there, too, unless null is refused.
 */
final class NullableSchemaResolver extends ModelResolver {

  private static final NamingBase NAMES = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;
  private static final String NULL = "null";

  NullableSchemaResolver(ObjectMapper mapper) {
    super(mapper.copy().setPropertyNamingStrategy(NAMES));
    openapi31(true);
  }

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
    Schema<?> described = super.resolve(type, context, next);
    Class<?> raw = _mapper.constructType(type.getType()).getRawClass();
    Schema<?> model = described == null ? null : model(described, context);
    if (raw.isRecord() && model != null && model.getProperties() != null) {
      for (RecordComponent member : raw.getRecordComponents()) {
        if (member.getAnnotatedType().isAnnotationPresent(Nullable.class)
            && !member.isAnnotationPresent(RefusesNull.class)) {
          model
              .getProperties()
              .computeIfPresent(NAMES.translate(member.getName()), (name, one) -> nullable(one));
        }
      }
    }
    return described;
  }

  private static @Nullable Schema<?> model(Schema<?> described, ModelConverterContext context) {
    String reference = described.get$ref();
    return reference == null
        ? described
        : context
            .getDefinedModels()
            .get(reference.substring(Components.COMPONENTS_SCHEMAS_REF.length()));
  }

  private static Schema<?> nullable(Schema<?> member) {
    if (member.getAnyOf() != null) {
      return member;
    }
    if (member.get$ref() == null) {
      member.addType(NULL);
      allowNull(member);
      return member;
    }
    Schema<Object> either = new Schema<>();
    either.setDescription(member.getDescription());
    either.addAnyOfItem(new Schema<>().$ref(member.get$ref()));
    either.addAnyOfItem(new Schema<>().types(Set.of(NULL)));
    return either;
  }

  /** Adds null to the values of an enumeration. */
  private static <V> void allowNull(Schema<V> member) {
    List<V> values = member.getEnum();
    if (values != null && !values.contains(null)) {
      List<V> all = new ArrayList<>(values);
      all.add(null);
      member.setEnum(all);
    }
  }
}
