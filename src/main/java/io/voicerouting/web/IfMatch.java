package io.voicerouting.web;

import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.PreconditionFailedException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * The precondition of a change, from RFC 9110, section 13.1.1. Controllers declare a parameter of
 * this type; without the header every document matches.
 */
public final class IfMatch {

  /** The precondition that always holds. */
  public static final IfMatch ANYTHING = new IfMatch(true, Set.of());

  private static final Pattern MEMBER =
      Pattern.compile("\\s*(?:((?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")\\s*)?(?:,|$)");

  private final boolean anything;
  private final Set<String> strongTags;

  private IfMatch(boolean anything, Set<String> strongTags) {
    this.anything = anything;
    this.strongTags = strongTags;
  }

  /**
   * Reads the header. Weak tags are read but match nothing, since only strong comparison counts.
   *
   * @param headers every {@code If-Match} line of the request, possibly none
   * @throws InvalidFieldsException when they are neither {@code *} nor a list of entity tags
   */
  public static IfMatch parse(List<String> headers) {
    if (headers.isEmpty()) {
      return ANYTHING;
    }
    String header = String.join(",", headers).strip();
    if (header.equals("*")) {
      return ANYTHING;
    }
    Set<String> tags = new HashSet<>();
    Matcher member = MEMBER.matcher(header);
    int end = 0;
    while (end < header.length() && member.find(end) && member.start() == end) {
      if (member.group(1) != null) {
        tags.add(member.group(1));
      }
      end = member.end();
    }
    if (end < header.length() || tags.isEmpty()) {
      throw new InvalidFieldsException(
          HttpHeaders.IF_MATCH, header, "* or a list of entity tags in double quotes");
    }
    tags.removeIf(tag -> tag.startsWith("W/"));
    return new IfMatch(false, Collections.unmodifiableSet(tags));
  }

  /**
   * Lets the caller go on only if the document is one of those named.
   *
   * @param entityTag tag of the document as it stands, read under a lock that lasts until the
   *     change is committed
   * @throws PreconditionFailedException when it is none of them
   */
  public void require(String entityTag) {
    if (!anything && !strongTags.contains(entityTag)) {
      throw new PreconditionFailedException(
          "The document has changed since the entity tag in If-Match was given.");
    }
  }
}
