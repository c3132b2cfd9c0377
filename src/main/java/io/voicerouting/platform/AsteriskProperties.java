package io.voicerouting.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Templates for Asterisk: the data of the dialplan application of each action. Asterisk itself
 * expands its variables, such as {@code ${TRUNK}}.
 *
 * @param dialExtension arguments of Dial; values: extension, timeout
 * @param dialNumber arguments of Dial; values: number
 * @param dialSip arguments of Dial; values: uri
 * @param joinConference arguments of ConfBridge; values: id
 * @param ringGroup arguments of Queue; values: id
 * @param ivrMenu arguments of Goto; values: id
 * @param aiAssistant arguments of Dial; values: number, provider
 * @param voicemail arguments of VoiceMail; values: mailbox
 */
@ConfigurationProperties(
    prefix = AsteriskProperties.PREFIX,
    ignoreUnknownFields = false) // a misspelled name would have no effect
record AsteriskProperties(
    @DefaultValue("PJSIP/{extension},{timeout}") String dialExtension,
    @DefaultValue("PJSIP/{number}@carrier") String dialNumber,
    @DefaultValue("PJSIP/external/{uri}") String dialSip,
    @DefaultValue("{id}") String joinConference,
    @DefaultValue("{id}") String ringGroup,
    @DefaultValue("{id},s,1") String ivrMenu,
    @DefaultValue("PJSIP/{number}@carrier") String aiAssistant,
    @DefaultValue("{mailbox}@default,u") String voicemail)
    implements ActionSettings {

  static final String PREFIX = "routing.platforms.asterisk";
}
