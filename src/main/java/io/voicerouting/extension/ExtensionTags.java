package io.voicerouting.extension;

import io.voicerouting.cache.TaggedKeys;
import io.voicerouting.common.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tags of extensions: their type, and the ring group that an extension leads to. */
final class ExtensionTags {

  private static final String TYPE = "type";

  private static final List<String> TYPES =
      Arrays.stream(ExtensionType.values()).map(ExtensionType::code).toList();

  static final TaggedKeys KEYS =
      new TaggedKeys(
          """
          select organization_id, extension_number as identifier, organization_id as owner_id, type,
            case type when 'ring_group' then configuration ->> 'ring_group_id' end as ring_group_id
          from extensions
          """,
          List.of(
              new TaggedKeys.Tag(
                  TYPE,
                  TYPES.stream().collect(Collectors.joining(", ", "one of ", "")),
                  TYPES::contains),
              new TaggedKeys.Tag(
                  "ring_group_id",
                  Text.Validator.expectation(ConfigurationRules.LONGEST_ID),
                  id -> Text.Validator.fits(id, ConfigurationRules.LONGEST_ID),
                  Map.of(TYPE, ExtensionType.RING_GROUP.code()))));

  private ExtensionTags() {}
}
