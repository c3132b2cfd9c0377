-- Demo data of the development run. On a fresh database the organizations are 1, 2 and 3. Telephone numbers are those
-- set aside for fiction, where a country has any.

insert into organizations (name, timezone) values
  ('Acme Telecom', 'America/New_York'),
  ('Nordwind Logistik', 'Europe/Berlin'),
  ('Himalaya Trekking', 'Asia/Kathmandu');

insert into extensions (organization_id, extension_number, type, status, display_name, voicemail_enabled, configuration)
select o.id, e.number, e.type, e.status, e.name, e.voicemail, e.configuration::jsonb
from (values
  ('Acme Telecom', '1001', 'user', 'active', 'Alice Johnson', true, null),
  ('Acme Telecom', '1002', 'user', 'active', 'Bob Martinez', true, '{"timeout_seconds": 20}'),
  ('Acme Telecom', '1003', 'user', 'active', 'Carol Nguyen (travelling)', true, '{"forward_to": "+12125550142"}'),
  ('Acme Telecom', '1004', 'user', 'active', 'Dan Okafor', false, null),
  ('Acme Telecom', '1005', 'user', 'active', 'Erin Walsh (covered by Alice)', true, '{"forward_to": "1001"}'),
  ('Acme Telecom', '1006', 'user', 'active', 'Frank Rossi', true, '{"timeout_seconds": 45}'),
  ('Acme Telecom', '1007', 'user', 'active', 'Grace Kim', true, null),
  ('Acme Telecom', '1008', 'user', 'active', 'Henry Patel (Support takes over)', false, '{"no_answer_to": "3002"}'),
  ('Acme Telecom', '1009', 'user', 'inactive', 'Irene Schwartz (left)', false, null),
  ('Acme Telecom', '1010', 'user', 'active', 'Jamal Brooks', true, null),
  ('Acme Telecom', '2000', 'ivr', 'active', 'Main menu', false, '{"ivr_menu_id": "acme-main"}'),
  ('Acme Telecom', '2001', 'ivr', 'active', 'Main menu in Spanish', false, '{"ivr_menu_id": "acme-main-es"}'),
  ('Acme Telecom', '*97', 'ivr', 'active', 'Voicemail menu', false, '{"ivr_menu_id": "acme-voicemail"}'),
  ('Acme Telecom', '3001', 'ring_group', 'active', 'Sales', true, '{"ring_group_id": "acme-sales"}'),
  ('Acme Telecom', '3002', 'ring_group', 'active', 'Support', true, '{"ring_group_id": "acme-support"}'),
  ('Acme Telecom', '3003', 'ring_group', 'active', 'Billing', true, '{"ring_group_id": "acme-billing"}'),
  ('Acme Telecom', '4001', 'conference', 'active', 'All hands', false, '{"conference_room_id": "acme-all-hands"}'),
  ('Acme Telecom', '4002', 'conference', 'active', 'Engineering', false, '{"conference_room_id": "acme-engineering"}'),
  ('Acme Telecom', '5001', 'ai_assistant', 'active', 'Assistant', false,
    '{"provider": "acme-voice-ai", "phone_number": "+12125550150"}'),
  ('Acme Telecom', '6001', 'forward', 'active', 'Front desk', false, '{"forward_to": "1001"}'),
  ('Acme Telecom', '6002', 'forward', 'active', 'On-call engineer', false, '{"forward_to": "+12125550160"}'),
  ('Acme Telecom', '6003', 'forward', 'active', 'Partner', false, '{"forward_to": "sip:desk@partner.example"}'),
  ('Acme Telecom', '6004', 'forward', 'active', 'Loop, one half', false, '{"forward_to": "6005"}'),
  ('Acme Telecom', '6005', 'forward', 'active', 'Loop, the other half', false, '{"forward_to": "6004"}'),
  ('Acme Telecom', '6006', 'forward', 'active', 'To one who left', false, '{"forward_to": "1009"}'),
  ('Acme Telecom', '6007', 'forward', 'active', 'To nowhere', false, '{"forward_to": "9999"}'),

  ('Nordwind Logistik', '101', 'user', 'active', 'Anke Petersen', true, null),
  ('Nordwind Logistik', '102', 'user', 'active', 'Bernd Krause', true, '{"timeout_seconds": 15}'),
  ('Nordwind Logistik', '103', 'user', 'active', 'Claudia Yılmaz', true, null),
  ('Nordwind Logistik', '104', 'user', 'active', 'Dirk Hansen (unterwegs)', true, '{"forward_to": "+4915228817386"}'),
  ('Nordwind Logistik', '105', 'user', 'active', 'Eva Müller', true, null),
  ('Nordwind Logistik', '106', 'user', 'active', 'Fatma Özdemir', true, null),
  ('Nordwind Logistik', '107', 'user', 'inactive', 'Gerd Lüders (im Ruhestand)', false, null),
  ('Nordwind Logistik', '108', 'user', 'active', 'Hanna Voß', true, null),
  ('Nordwind Logistik', '200', 'ring_group', 'active', 'Disposition', true, '{"ring_group_id": "nordwind-dispo"}'),
  ('Nordwind Logistik', '201', 'ring_group', 'active', 'Zoll', true, '{"ring_group_id": "nordwind-zoll"}'),
  ('Nordwind Logistik', '202', 'ring_group', 'active', 'Nachtschicht', false, '{"ring_group_id": "nordwind-nacht"}'),
  ('Nordwind Logistik', '300', 'ivr', 'active', 'Hauptmenü', false, '{"ivr_menu_id": "nordwind-haupt"}'),
  ('Nordwind Logistik', '301', 'ivr', 'active', 'Sendungsverfolgung', false, '{"ivr_menu_id": "nordwind-tracking"}'),
  ('Nordwind Logistik', '400', 'conference', 'active', 'Morgenrunde', false, '{"conference_room_id": "nordwind-morgen"}'),
  ('Nordwind Logistik', '500', 'ai_assistant', 'active', 'Sprachassistent', false,
    '{"provider": "nordwind-voice-ai", "phone_number": "+494066969500"}'),
  ('Nordwind Logistik', '600', 'forward', 'active', 'Hafenbüro', false, '{"forward_to": "+494066969600"}'),
  ('Nordwind Logistik', '601', 'forward', 'active', 'Spedition Süd', false, '{"forward_to": "sips:dispo@sued.example:5061"}'),
  ('Nordwind Logistik', '602', 'forward', 'active', 'Notdienst', false, '{"forward_to": "202"}'),
  ('Nordwind Logistik', '603', 'forward', 'active', 'Empfang', false, '{"forward_to": "602"}'),

  ('Himalaya Trekking', '10', 'user', 'active', 'Pasang Sherpa', true, null),
  ('Himalaya Trekking', '11', 'user', 'active', 'Sita Gurung', true, null),
  ('Himalaya Trekking', '12', 'user', 'active', 'Bikash Thapa', true, '{"timeout_seconds": 60}'),
  ('Himalaya Trekking', '13', 'user', 'active', 'Maya Rai (on the trail)', true, '{"forward_to": "14"}'),
  ('Himalaya Trekking', '14', 'user', 'active', 'Nima Lama', true, null),
  ('Himalaya Trekking', '15', 'user', 'inactive', 'Off-season guide', false, null),
  ('Himalaya Trekking', '16', 'user', 'active', 'Tashi Dorje', true, '{"timeout_seconds": 300}'),
  ('Himalaya Trekking', '20', 'ring_group', 'active', 'Bookings', true, '{"ring_group_id": "himalaya-bookings"}'),
  ('Himalaya Trekking', '21', 'ring_group', 'active', 'Rescue', false, '{"ring_group_id": "himalaya-rescue"}'),
  ('Himalaya Trekking', '30', 'ivr', 'active', 'Welcome', false, '{"ivr_menu_id": "himalaya-welcome"}'),
  ('Himalaya Trekking', '40', 'conference', 'active', 'Guides', false, '{"conference_room_id": "himalaya-guides"}'),
  ('Himalaya Trekking', '50', 'ai_assistant', 'active', 'Weather assistant', false,
    '{"provider": "himalaya-voice-ai", "phone_number": "+97715550150"}'),
  ('Himalaya Trekking', '60', 'forward', 'active', 'Lukla office', false, '{"forward_to": "+97715550160"}'),
  ('Himalaya Trekking', '61', 'forward', 'active', 'Emergency', false, '{"forward_to": "21"}'),
  ('Himalaya Trekking', '62', 'forward', 'active', 'Agency in Pokhara', false, '{"forward_to": "sip:desk@pokhara.example"}')
) as e (organization, number, type, status, name, voicemail, configuration)
join organizations o on o.name = e.organization
order by o.id, e.type <> 'user', e.number; -- so that 1001 is the first

update organizations set sip_domain = 'acme.example' where name = 'Acme Telecom';
update organizations set sip_domain = 'nordwind.example' where name = 'Nordwind Logistik';

insert into business_hours_schedules (
  organization_id, name, status, scope, timezone, open_hours_action_type, open_hours_action_target,
  closed_hours_action_type, closed_hours_action_target)
select o.id, s.name, s.status, s.scope, s.timezone, s.open_type, s.open_target, s.closed_type, s.closed_target
from (values
  ('Acme Telecom', 'Office hours', 'active', 'organization', null, 'extension', '2000', 'voicemail', 'acme-main'),
  ('Acme Telecom', 'West coast hours', 'inactive', 'organization', 'America/Los_Angeles', 'ring_group', 'acme-sales', 'voicemail', 'acme-main'),
  ('Nordwind Logistik', 'Dispositionszeiten', 'active', 'organization', 'Europe/Berlin', 'ring_group', 'nordwind-dispo', 'external', '+494066969112'),
  ('Nordwind Logistik', 'Sommerbetrieb', 'inactive', 'organization', null, 'ring_group', 'nordwind-dispo', 'ivr_menu', 'nordwind-haupt'),
  ('Himalaya Trekking', 'Office hours', 'active', 'organization', null, 'ivr_menu', 'himalaya-welcome', 'extension', '61'),
  ('Himalaya Trekking', 'Monsoon hours', 'inactive', 'organization', null, 'conference_room', 'himalaya-guides', 'voicemail', 'himalaya'),
  -- Of a phone number.
  ('Acme Telecom', 'Support hotline', 'active', 'number', null, 'ring_group', 'acme-support', 'voicemail', 'acme-support')
) as s (organization, name, status, scope, timezone, open_type, open_target, closed_type, closed_target)
join organizations o on o.name = s.organization
order by s.scope desc, o.id, s.status;

insert into business_hours_schedule_days (business_hours_schedule_id, day_of_week, enabled)
select s.id, d.day, true
from (values
  ('Acme Telecom', 'Office hours', array['monday', 'tuesday', 'wednesday', 'thursday', 'friday']),
  ('Acme Telecom', 'West coast hours', array['monday', 'tuesday', 'wednesday', 'thursday', 'friday']),
  ('Nordwind Logistik', 'Dispositionszeiten', array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']),
  ('Nordwind Logistik', 'Sommerbetrieb', array['monday', 'wednesday', 'friday']),
  ('Himalaya Trekking', 'Office hours', array['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday']),
  ('Himalaya Trekking', 'Monsoon hours', array['monday', 'thursday']),
  ('Acme Telecom', 'Support hotline',
    array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
) as v (organization, schedule, days)
join organizations o on o.name = v.organization
join business_hours_schedules s on s.organization_id = o.id and s.name = v.schedule
cross join unnest(v.days) as d (day);

insert into business_hours_time_ranges (business_hours_schedule_day_id, start_time, end_time)
select d.id, r.start_time::time, r.end_time::time
from (values
  ('Acme Telecom', 'Office hours', array['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], '09:00', '17:00'),
  ('Acme Telecom', 'West coast hours', array['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], '08:00', '16:30'),
  ('Nordwind Logistik', 'Dispositionszeiten', array['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], '06:00', '12:00'),
  -- Lunch, which has its own action below.
  ('Nordwind Logistik', 'Dispositionszeiten', array['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], '12:00', '13:00'),
  ('Nordwind Logistik', 'Dispositionszeiten', array['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], '13:00', '18:00'),
  -- The night shift from Friday into Saturday.
  ('Nordwind Logistik', 'Dispositionszeiten', array['friday'], '22:00', '02:00'),
  ('Nordwind Logistik', 'Dispositionszeiten', array['saturday'], '08:00', '12:00'),
  ('Nordwind Logistik', 'Sommerbetrieb', array['monday', 'wednesday', 'friday'], '05:00', '13:00'),
  -- Nepal rests on Saturday.
  ('Himalaya Trekking', 'Office hours', array['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'], '10:00', '13:00'),
  ('Himalaya Trekking', 'Office hours', array['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'], '14:00', '17:00'),
  ('Himalaya Trekking', 'Office hours', array['friday'], '10:00', '15:00'),
  ('Himalaya Trekking', 'Monsoon hours', array['monday', 'thursday'], '11:00', '15:00'),
  ('Acme Telecom', 'Support hotline',
    array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], '07:00', '23:00')
) as r (organization, schedule, days, start_time, end_time)
join organizations o on o.name = r.organization
join business_hours_schedules s on s.organization_id = o.id and s.name = r.schedule
join business_hours_schedule_days d on d.business_hours_schedule_id = s.id and d.day_of_week = any (r.days);

-- Public holidays of 2026 and 2027. A date with special hours has them in the last column.
create temporary table demo_exceptions (organization text, date date, name text, start_time time, end_time time) on commit drop;

-- United States, with the day on which a holiday at the weekend is observed.
insert into demo_exceptions values
  ('Acme Telecom', '2026-01-01', 'New Year''s Day'),
  ('Acme Telecom', '2026-01-19', 'Martin Luther King Jr. Day'),
  ('Acme Telecom', '2026-02-16', 'Presidents'' Day'),
  ('Acme Telecom', '2026-05-25', 'Memorial Day'),
  ('Acme Telecom', '2026-06-19', 'Juneteenth'),
  ('Acme Telecom', '2026-07-03', 'Independence Day (observed)'),
  ('Acme Telecom', '2026-07-04', 'Independence Day'),
  ('Acme Telecom', '2026-09-07', 'Labor Day'),
  ('Acme Telecom', '2026-10-12', 'Columbus Day'),
  ('Acme Telecom', '2026-11-11', 'Veterans Day'),
  ('Acme Telecom', '2026-11-26', 'Thanksgiving'),
  ('Acme Telecom', '2026-12-25', 'Christmas Day'),
  ('Acme Telecom', '2027-01-01', 'New Year''s Day'),
  ('Acme Telecom', '2027-01-18', 'Martin Luther King Jr. Day'),
  ('Acme Telecom', '2027-02-15', 'Presidents'' Day'),
  ('Acme Telecom', '2027-05-31', 'Memorial Day'),
  ('Acme Telecom', '2027-06-18', 'Juneteenth (observed)'),
  ('Acme Telecom', '2027-06-19', 'Juneteenth'),
  ('Acme Telecom', '2027-07-04', 'Independence Day'),
  ('Acme Telecom', '2027-07-05', 'Independence Day (observed)'),
  ('Acme Telecom', '2027-09-06', 'Labor Day'),
  ('Acme Telecom', '2027-10-11', 'Columbus Day'),
  ('Acme Telecom', '2027-11-11', 'Veterans Day'),
  ('Acme Telecom', '2027-11-25', 'Thanksgiving'),
  ('Acme Telecom', '2027-12-24', 'Christmas Day (observed)'),
  ('Acme Telecom', '2027-12-25', 'Christmas Day'),
  ('Acme Telecom', '2027-12-31', 'New Year''s Day (observed)');
insert into demo_exceptions values
  ('Acme Telecom', '2026-11-27', 'Day after Thanksgiving', '10:00', '16:00'),
  ('Acme Telecom', '2026-12-24', 'Christmas Eve', '09:00', '13:00'),
  ('Acme Telecom', '2027-11-26', 'Day after Thanksgiving', '10:00', '16:00');

-- Germany, Hamburg. Easter Sunday is 2026-04-05 and 2027-03-28.
insert into demo_exceptions values
  ('Nordwind Logistik', '2026-01-01', 'Neujahr'),
  ('Nordwind Logistik', '2026-04-03', 'Karfreitag'),
  ('Nordwind Logistik', '2026-04-06', 'Ostermontag'),
  ('Nordwind Logistik', '2026-05-01', 'Tag der Arbeit'),
  ('Nordwind Logistik', '2026-05-14', 'Christi Himmelfahrt'),
  ('Nordwind Logistik', '2026-05-25', 'Pfingstmontag'),
  ('Nordwind Logistik', '2026-10-03', 'Tag der Deutschen Einheit'),
  ('Nordwind Logistik', '2026-10-31', 'Reformationstag'),
  ('Nordwind Logistik', '2026-12-25', '1. Weihnachtstag'),
  ('Nordwind Logistik', '2026-12-26', '2. Weihnachtstag'),
  ('Nordwind Logistik', '2027-01-01', 'Neujahr'),
  ('Nordwind Logistik', '2027-03-26', 'Karfreitag'),
  ('Nordwind Logistik', '2027-03-29', 'Ostermontag'),
  ('Nordwind Logistik', '2027-05-01', 'Tag der Arbeit'),
  ('Nordwind Logistik', '2027-05-06', 'Christi Himmelfahrt'),
  ('Nordwind Logistik', '2027-05-17', 'Pfingstmontag'),
  ('Nordwind Logistik', '2027-10-03', 'Tag der Deutschen Einheit'),
  ('Nordwind Logistik', '2027-10-31', 'Reformationstag'),
  ('Nordwind Logistik', '2027-12-25', '1. Weihnachtstag'),
  ('Nordwind Logistik', '2027-12-26', '2. Weihnachtstag');
insert into demo_exceptions values
  ('Nordwind Logistik', '2026-12-24', 'Heiligabend', '08:00', '12:00'),
  ('Nordwind Logistik', '2026-12-31', 'Silvester', '08:00', '12:00'),
  ('Nordwind Logistik', '2027-12-24', 'Heiligabend', '08:00', '12:00'),
  ('Nordwind Logistik', '2027-12-31', 'Silvester', '08:00', '12:00');

-- Nepal. The feasts follow the moon; of Dashain and Tihar these are the days on which offices close.
insert into demo_exceptions values
  ('Himalaya Trekking', '2026-01-11', 'Prithvi Jayanti'),
  ('Himalaya Trekking', '2026-02-15', 'Maha Shivaratri'),
  ('Himalaya Trekking', '2026-02-19', 'Democracy Day'),
  ('Himalaya Trekking', '2026-03-08', 'Women''s Day'),
  ('Himalaya Trekking', '2026-04-14', 'Nepali New Year 2083'),
  ('Himalaya Trekking', '2026-05-01', 'Labour Day and Buddha Jayanti'),
  ('Himalaya Trekking', '2026-05-29', 'Republic Day'),
  ('Himalaya Trekking', '2026-09-19', 'Constitution Day'),
  ('Himalaya Trekking', '2026-10-18', 'Dashain'),
  ('Himalaya Trekking', '2026-10-19', 'Dashain'),
  ('Himalaya Trekking', '2026-10-20', 'Dashain'),
  ('Himalaya Trekking', '2026-10-21', 'Dashain'),
  ('Himalaya Trekking', '2026-10-22', 'Dashain'),
  ('Himalaya Trekking', '2026-11-08', 'Tihar'),
  ('Himalaya Trekking', '2026-11-09', 'Tihar'),
  ('Himalaya Trekking', '2026-11-10', 'Tihar'),
  ('Himalaya Trekking', '2026-11-11', 'Tihar'),
  ('Himalaya Trekking', '2026-12-25', 'Christmas Day'),
  ('Himalaya Trekking', '2027-01-11', 'Prithvi Jayanti'),
  ('Himalaya Trekking', '2027-02-19', 'Democracy Day'),
  ('Himalaya Trekking', '2027-03-06', 'Maha Shivaratri'),
  ('Himalaya Trekking', '2027-03-08', 'Women''s Day'),
  ('Himalaya Trekking', '2027-04-14', 'Nepali New Year 2084'),
  ('Himalaya Trekking', '2027-05-01', 'Labour Day'),
  ('Himalaya Trekking', '2027-05-20', 'Buddha Jayanti'),
  ('Himalaya Trekking', '2027-05-29', 'Republic Day'),
  ('Himalaya Trekking', '2027-09-19', 'Constitution Day'),
  ('Himalaya Trekking', '2027-10-07', 'Dashain'),
  ('Himalaya Trekking', '2027-10-08', 'Dashain'),
  ('Himalaya Trekking', '2027-10-09', 'Dashain'),
  ('Himalaya Trekking', '2027-10-10', 'Dashain'),
  ('Himalaya Trekking', '2027-10-29', 'Tihar'),
  ('Himalaya Trekking', '2027-10-30', 'Tihar'),
  ('Himalaya Trekking', '2027-10-31', 'Tihar'),
  ('Himalaya Trekking', '2027-12-25', 'Christmas Day');
insert into demo_exceptions values
  ('Himalaya Trekking', '2026-12-31', 'New Year''s Eve', '10:00', '13:00'),
  ('Himalaya Trekking', '2027-12-31', 'New Year''s Eve', '10:00', '13:00');

insert into business_hours_exceptions (business_hours_schedule_id, date, name, type)
select s.id, e.date, e.name, case when e.start_time is null then 'closed' else 'special_hours' end
from demo_exceptions e
join organizations o on o.name = e.organization
join business_hours_schedules s on s.organization_id = o.id and s.status = 'active' and s.scope = 'organization';

insert into business_hours_exception_time_ranges (business_hours_exception_id, start_time, end_time)
select x.id, e.start_time, e.end_time
from demo_exceptions e
join organizations o on o.name = e.organization
join business_hours_schedules s on s.organization_id = o.id and s.status = 'active' and s.scope = 'organization'
join business_hours_exceptions x on x.business_hours_schedule_id = s.id and x.date = e.date
where e.start_time is not null;

-- The answering service takes calls at lunch; Christmas has its own greeting.
update business_hours_time_ranges r set action_type = 'external', action_target = '+494066969120'
from business_hours_schedule_days d
join business_hours_schedules s on s.id = d.business_hours_schedule_id
where d.id = r.business_hours_schedule_day_id and s.name = 'Dispositionszeiten' and r.start_time = '12:00';

update business_hours_exceptions set action_type = 'voicemail', action_target = 'nordwind-weihnachten'
where name in ('1. Weihnachtstag', '2. Weihnachtstag');

-- Hanna does not want to be disturbed; Dirk is back and keeps his forward for the next journey.
update extensions set do_not_disturb = true where display_name = 'Hanna Voß';
update extensions set display_name = 'Dirk Hansen', forward_enabled = false
where display_name = 'Dirk Hansen (unterwegs)';

-- Phone numbers: of the office, with hours of its own, always open, inactive, and a block.
insert into phone_numbers (
  organization_id, number, match, name, status, hours, business_hours_schedule_id,
  open_action_type, open_action_target, closed_action_type, closed_action_target, caller_rules)
select o.id, n.number, n.match, n.name, n.status, n.hours, s.id,
  n.open_type, n.open_target, n.closed_type, n.closed_target, n.rules::jsonb
from (values
  ('Acme Telecom', '+12125550100', 'exact', 'Head office', 'active', 'organization', null, null, null, null, null,
    '[{"match": "prefix", "value": "+1900", "action": {"type": "voicemail", "target": "acme-main"}}]'),
  ('Acme Telecom', '+12125550101', 'exact', 'Support hotline', 'active', 'own', 'Support hotline',
    null, null, null, null, '[]'),
  ('Acme Telecom', '+12125550102', 'exact', 'Alice, direct', 'active', 'ignore', null,
    'extension', '1001', null, null, '[]'),
  ('Acme Telecom', '+12125550103', 'exact', 'Old campaign', 'inactive', 'organization', null, null, null, null, null, '[]'),
  ('Nordwind Logistik', '+49406696950', 'prefix', 'Durchwahlen', 'active', 'organization', null,
    'ring_group', 'nordwind-dispo', null, null, '[]'),
  ('Himalaya Trekking', '+97715550100', 'exact', 'Bookings', 'active', 'organization', null,
    'extension', '20', null, null, '[]')
) as n (organization, number, match, name, status, hours, schedule, open_type, open_target, closed_type, closed_target, rules)
join organizations o on o.name = n.organization
left join business_hours_schedules s on s.organization_id = o.id and s.name = n.schedule and s.scope = 'number'
order by o.id, n.number;

-- An override that is over: the warehouse closed early for its summer party.
insert into routing_overrides (organization_id, mode, starts_at, ends_at, note, created_by, created_via)
select id, 'closed', '2026-07-10 15:00 Europe/Berlin', '2026-07-10 18:00 Europe/Berlin', 'Sommerfest', 'admin', 'api'
from organizations where name = 'Nordwind Logistik';

-- Holiday calendars, which the service reads. Nepal's holidays are not known; on the bank holidays of most guests the office
-- of the trekking agency is open longer.
insert into holiday_calendars (
  business_hours_schedule_id, name, source, country, subdivision, type, time_ranges, action_type, action_target)
select s.id, c.name, 'region', c.country, c.subdivision, c.type, c.time_ranges::jsonb, c.action_type, c.action_target
from (values
  ('Acme Telecom', 'Support hotline', 'Public holidays', 'US', null, 'closed', '[]', null, null),
  ('Nordwind Logistik', 'Dispositionszeiten', 'Feiertage', 'DE', 'HH', 'closed', '[]', 'voicemail', 'nordwind-feiertag'),
  ('Himalaya Trekking', 'Office hours', 'British bank holidays', 'GB', 'ENG', 'special_hours',
    '[{"start_time": "08:00", "end_time": "20:00"}]', null, null)
) as c (organization, schedule, name, country, subdivision, type, time_ranges, action_type, action_target)
join organizations o on o.name = c.organization
join business_hours_schedules s on s.organization_id = o.id and s.name = c.schedule;
