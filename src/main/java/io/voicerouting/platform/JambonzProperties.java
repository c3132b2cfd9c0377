package io.voicerouting.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Templates for jambonz. A text to dial is a SIP URI if it begins with {@code sip:} or {@code
 * sips:}, a phone number if it begins with a plus sign, and else the name of a registered user.
 *
 * @param dialExtension what to dial; values: extension, timeout
 * @param dialNumber what to dial; values: number
 * @param dialSip what to dial; values: uri
 * @param joinConference name of the conference; values: id
 * @param ringGroup name of the queue; values: id
 * @param ivrMenu hook that plays the menu; values: id
 * @param aiAssistant what to dial; values: number, provider
 * @param voicemail hook that records the message; values: mailbox
 */
@ConfigurationProperties(
    prefix = JambonzProperties.PREFIX,
    ignoreUnknownFields = false) // a misspelled name would have no effect
record JambonzProperties(
    @DefaultValue("{extension}@{domain}") String dialExtension,
    @DefaultValue("{number}") String dialNumber,
    @DefaultValue("{uri}") String dialSip,
    @DefaultValue("{id}") String joinConference,
    @DefaultValue("{id}") String ringGroup,
    @DefaultValue("/jambonz/ivr-menus/{id}") String ivrMenu,
    @DefaultValue("{number}") String aiAssistant,
    @DefaultValue("/jambonz/mailboxes/{mailbox}") String voicemail)
    implements ActionSettings {

  static final String PREFIX = "routing.platforms.jambonz";
}
