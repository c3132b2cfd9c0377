package io.voicerouting.holiday;

import java.io.IOException;
import java.io.StringReader;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.data.UnfoldingReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of an iCalendar file (RFC 5545). Only the parser of ical4j is used: its model
 * would register the zones that a feed defines in the whole JVM, and download others.
 */
final class FeedReader implements ContentHandler {

  private static final String EVENT = "VEVENT";

  /** Maximum nesting of components, because the parser is recursive. An alarm in an event has 2. */
  private static final int DEEPEST = 4;

  private final ZoneId zone;
  private final Deque<String> components = new ArrayDeque<>();
  private final List<FeedEvent> events = new ArrayList<>();
  private EventProperties event;
  private EventProperties.@Nullable Property property;
  private boolean complete;

  private FeedReader(ZoneId zone) {
    this.zone = zone;
    this.event = new EventProperties(zone);
  }

  /**
   * Reads a file.
   *
   * @param zone of times that have none
   * @throws InvalidCalendarException if it is no complete calendar, or an event cannot be read
   */
  static List<FeedEvent> read(String file, ZoneId zone) {
    FeedReader reader = new FeedReader(zone);
    StringReader text = new StringReader(file);
    try {
      new CalendarParserImpl(true).parse(new UnfoldingReader(text, true), reader);
    } catch (ParserException e) {
      if (e.getCause() instanceof InvalidCalendarException invalid) {
        throw invalid;
      }
      throw new InvalidCalendarException("is no iCalendar file: " + firstLine(e));
    } catch (IOException e) {
      throw new InvalidCalendarException("is no iCalendar file: " + e.getMessage());
    }
    if (!reader.complete) {
      throw new InvalidCalendarException("is no iCalendar file: it is empty");
    }
    return reader.events;
  }

  private static String firstLine(ParserException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.length() > 200 ? message.substring(0, 200) + "..." : message;
  }

  @Override
  public void startCalendar() {
    complete = false;
  }

  @Override
  public void endCalendar() {
    complete = true;
  }

  @Override
  public void startComponent(String name) {
    components.push(name);
    if (components.size() > DEEPEST) {
      throw new InvalidCalendarException("has components that are nested too deeply");
    }
    if (isInEvent()) {
      event = new EventProperties(zone);
    }
  }

  @Override
  public void endComponent(String name) {
    if (isInEvent()) {
      events.add(event.toEvent());
    }
    components.pop();
  }

  /** Whether the innermost component is an event, and not an alarm in it. */
  private boolean isInEvent() {
    return components.size() == 1 && EVENT.equals(components.peek());
  }

  @Override
  public void startProperty(String name) {
    property = isInEvent() ? new EventProperties.Property(name) : null;
  }

  @Override
  public void parameter(String name, String value) {
    if (property != null) {
      property.addParameter(name, value);
    }
  }

  @Override
  public void propertyValue(String value) {
    if (property != null) {
      event.add(property, value);
    }
  }

  @Override
  public void endProperty(String name) {
    property = null;
  }
}
