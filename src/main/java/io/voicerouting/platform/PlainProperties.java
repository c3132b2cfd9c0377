package io.voicerouting.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Templates for SIP proxies that read plain text: the URI of each action.
 *
 * @param dialExtension values: extension, timeout
 * @param dialNumber values: number
 * @param dialSip values: uri
 * @param joinConference values: id
 * @param ringGroup values: id
 * @param ivrMenu values: id
 * @param aiAssistant values: number, provider
 * @param voicemail values: mailbox
 */
@ConfigurationProperties(
    prefix = PlainProperties.PREFIX,
    ignoreUnknownFields = false) // a misspelled name would have no effect
record PlainProperties(
    @DefaultValue("sip:{extension}@{domain}") String dialExtension,
    @DefaultValue("sip:{number}@{domain}") String dialNumber,
    @DefaultValue("{uri}") String dialSip,
    @DefaultValue("sip:conference-{id}@{domain}") String joinConference,
    @DefaultValue("sip:group-{id}@{domain}") String ringGroup,
    @DefaultValue("sip:menu-{id}@{domain}") String ivrMenu,
    @DefaultValue("sip:{number}@{domain}") String aiAssistant,
    @DefaultValue("sip:voicemail-{mailbox}@{domain}") String voicemail)
    implements ActionSettings {

  static final String PREFIX = "routing.platforms.plain";
}
