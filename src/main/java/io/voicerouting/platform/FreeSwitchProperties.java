package io.voicerouting.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Templates for FreeSWITCH: the data of the dialplan application of each action. FreeSWITCH itself
 * expands its variables, such as {@code ${domain_name}}.
 *
 * @param dialExtension what to bridge to; values: extension, timeout
 * @param dialNumber what to bridge to; values: number
 * @param dialSip what to bridge to; values: uri
 * @param joinConference conference; values: id
 * @param ringGroup where to transfer to; values: id
 * @param ivrMenu menu; values: id
 * @param aiAssistant what to bridge to; values: number, provider
 * @param voicemail profile, domain and mailbox; values: mailbox
 */
@ConfigurationProperties(
    prefix = FreeSwitchProperties.PREFIX,
    ignoreUnknownFields = false) // a misspelled name would have no effect
record FreeSwitchProperties(
    @DefaultValue("user/{extension}@${domain_name}") String dialExtension,
    @DefaultValue("sofia/gateway/carrier/{number}") String dialNumber,
    @DefaultValue("sofia/external/{uri}") String dialSip,
    @DefaultValue("{id}@default") String joinConference,
    @DefaultValue("{id} XML ring-groups") String ringGroup,
    @DefaultValue("{id}") String ivrMenu,
    @DefaultValue("sofia/gateway/carrier/{number}") String aiAssistant,
    @DefaultValue("default ${domain_name} {mailbox}") String voicemail)
    implements ActionSettings {

  static final String PREFIX = "routing.platforms.freeswitch";
}
