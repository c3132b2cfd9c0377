package io.voicerouting.holiday;

import io.voicerouting.businesshours.ExceptionType;
import io.voicerouting.businesshours.RangeRules;
import io.voicerouting.common.ActionRules;
import io.voicerouting.common.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a holiday calendar that its annotations cannot express. */
final class HolidayCalendarRules {

  private final HolidayCalendarBody body;
  private final List<FieldError> errors = new ArrayList<>();

  HolidayCalendarRules(HolidayCalendarBody body) {
    this.body = body;
  }

  /** Checks all rules. Call it once. */
  List<FieldError> check() {
    if (body.source() != null) {
      switch (body.source()) {
        case REGION -> {
          errors.addAll(RegionHolidays.check(body.country(), body.subdivision()));
          refuse("url", body.url(), "none if source is region");
        }
        case ICAL -> {
          errors.addAll(FeedUrls.check("url", body.url()));
          refuse("country", body.country(), "none if source is ical");
          refuse("subdivision", body.subdivision(), "none if source is ical");
        }
      }
    }
    checkRanges();
    errors.addAll(ActionRules.check("action", body.action()));
    return errors;
  }

  private void checkRanges() {
    int count = body.timeRanges() == null ? 0 : body.timeRanges().size();
    if (body.typeOrDefault() == ExceptionType.CLOSED) {
      if (count > 0) {
        errors.add(new FieldError("time_ranges", "(expected: none if type is closed)"));
      }
    } else if (count == 0 && body.source() == HolidaySource.REGION) {
      errors.add(new FieldError("time_ranges", "(expected: at least one range for special_hours)"));
    }
    if (count <= HolidayCalendarBody.MOST_RANGES && body.ranges().size() == count) {
      errors.addAll(RangeRules.check("time_ranges", body.ranges()));
    }
  }

  private void refuse(String field, @Nullable String value, String expected) {
    if (value != null) {
      errors.add(FieldError.unexpected(field, value, expected));
    }
  }
}
