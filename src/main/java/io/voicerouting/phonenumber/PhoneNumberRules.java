package io.voicerouting.phonenumber;

import io.voicerouting.businesshours.ActionRules;
import io.voicerouting.common.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of a phone number that its annotations cannot express. */
final class PhoneNumberRules {

  private static final int SHORTEST_NUMBER = 2;
  private static final int SHORTEST_BLOCK = 3;

  private static final String NUMBER =
      "a phone number, international with a plus sign or national of the configured region";

  private static final String BLOCK = "the first 3 to 15 digits of a block, with the plus sign";

  private static final String CALLER_PREFIX =
      "the first 1 to 15 digits of callers' numbers, with the plus sign";

  private final PhoneNumberBody body;
  private final List<FieldError> errors = new ArrayList<>();

  PhoneNumberRules(PhoneNumberBody body) {
    this.body = body;
  }

  /** Checks all rules. Call it once. */
  List<FieldError> check() {
    if (body.number() != null) {
      if (body.matchOrDefault() == PhoneNumberMatch.PREFIX) {
        checkNumber("number", body.number(), SHORTEST_BLOCK, false, BLOCK);
      } else {
        checkNumber("number", body.number(), SHORTEST_NUMBER, true, NUMBER);
      }
    }
    if (body.hours() == PhoneNumberHours.OWN && body.businessHoursScheduleId() == null) {
      errors.add(new FieldError("business_hours_schedule_id", "is required if hours is own"));
    }
    if (body.hours() == PhoneNumberHours.IGNORE && body.openAction() == null) {
      errors.add(new FieldError("open_action", "is required if hours is ignore"));
    }
    errors.addAll(ActionRules.check("open_action", body.openAction()));
    errors.addAll(ActionRules.check("closed_action", body.closedAction()));
    checkCallerRules(Objects.requireNonNullElse(body.callerRules(), List.of()));
    return errors;
  }

  private void checkNumber(
      String field, WrittenNumber written, int shortest, boolean complete, String expected) {
    String number = written.number();
    boolean valid =
        number != null && number.length() > shortest && (written.complete() || !complete);
    if (!valid) {
      errors.add(FieldError.unexpected(field, written.text(), expected));
    }
  }

  private void checkCallerRules(List<PhoneNumberBody.Rule> rules) {
    if (rules.size() > PhoneNumberBody.MOST_RULES) {
      return;
    }
    Map<List<@Nullable Object>, Integer> seen = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      PhoneNumberBody.Rule rule = rules.get(i);
      if (rule != null) {
        String field = "caller_rules[" + i + "]";
        errors.addAll(ActionRules.check(field + ".action", rule.action()));
        if (rule.match() != null && checkValue(field + ".value", rule)) {
          checkOnce(field, rule, i, seen);
        }
      }
    }
  }

  private boolean checkValue(String field, PhoneNumberBody.Rule rule) {
    int before = errors.size();
    WrittenNumber value = rule.value();
    switch (rule.match()) {
      case ANONYMOUS -> {
        if (value != null) {
          errors.add(FieldError.unexpected(field, value.text(), "null if match is anonymous"));
        }
      }
      case EXACT, PREFIX -> {
        if (value == null) {
          errors.add(new FieldError(field, "is required if match is " + rule.match().code()));
        } else if (rule.match() == CallerMatch.EXACT) {
          checkNumber(field, value, SHORTEST_NUMBER, true, NUMBER);
        } else {
          checkNumber(field, value, 1, false, CALLER_PREFIX);
        }
      }
    }
    return errors.size() == before;
  }

  private void checkOnce(
      String field,
      PhoneNumberBody.Rule rule,
      int index,
      Map<List<@Nullable Object>, Integer> seen) {
    String value = rule.value() == null ? null : rule.value().number();
    List<@Nullable Object> key = new ArrayList<>();
    key.add(rule.match());
    key.add(value);
    Integer first = seen.putIfAbsent(key, index);
    if (first != null) {
      errors.add(
          new FieldError(
              field, "(expected: each match and value once, as caller_rules[" + first + "])"));
    }
  }
}
