-- The first tables: customers and what they did and said, assessments, cases and their history, delivery.
-- `xid` is the writing transaction: readers take what is at or after the oldest one that was still running when they last
-- looked, so that no slow transaction can slip by.

CREATE TABLE customer (
  id UUID NOT NULL,
  no SERIAL NOT NULL,
  name TEXT,
  value_tier TEXT,
  ltv_minor BIGINT,
  currency TEXT,
  owner TEXT,
  region TEXT,
  site TEXT,
  product TEXT,
  first_purchase DATE,
  language TEXT,
  time_zone TEXT,
  contact_consent BOOLEAN,
  phone TEXT,
  attributes JSONB NOT NULL DEFAULT '{}',
  xid BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
  CONSTRAINT customer_pkey PRIMARY KEY (id)
);

CREATE TABLE customer_key (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  customer UUID NOT NULL,
  CONSTRAINT customer_key_pkey PRIMARY KEY (kind,value)
);

CREATE TABLE event (
  id UUID NOT NULL,
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  customer UUID NOT NULL,
  kind TEXT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  amount_minor BIGINT,
  currency TEXT,
  quantity DOUBLE PRECISION,
  duration DOUBLE PRECISION,
  site TEXT,
  xid BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
  CONSTRAINT event_pkey PRIMARY KEY (id)
);

CREATE TABLE feedback (
  id UUID NOT NULL,
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  customer UUID,
  at TIMESTAMPTZ(3) NOT NULL,
  channel TEXT NOT NULL,
  text TEXT NOT NULL,
  language TEXT,
  rating DOUBLE PRECISION,
  nps DOUBLE PRECISION,
  csat DOUBLE PRECISION,
  ces DOUBLE PRECISION,
  site TEXT,
  product TEXT,
  xid BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
  CONSTRAINT feedback_pkey PRIMARY KEY (id)
);

CREATE TABLE customer_touched (
  id BIGSERIAL NOT NULL,
  customer UUID NOT NULL,
  xid BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
  CONSTRAINT customer_touched_pkey PRIMARY KEY (id)
);

CREATE TABLE source_state (
  source TEXT NOT NULL,
  cursor JSONB NOT NULL,
  pulled_at TIMESTAMPTZ(3),
  report JSONB,
  CONSTRAINT source_state_pkey PRIMARY KEY (source)
);

CREATE TABLE quarantine (
  id UUID NOT NULL,
  source TEXT NOT NULL,
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT quarantine_pkey PRIMARY KEY (id)
);

CREATE TABLE assessment (
  id UUID NOT NULL,
  customer UUID NOT NULL,
  as_of TIMESTAMPTZ(3) NOT NULL,
  tier TEXT NOT NULL,
  reason TEXT NOT NULL,
  score DOUBLE PRECISION NOT NULL,
  priority DOUBLE PRECISION NOT NULL,
  body JSONB NOT NULL,
  model TEXT NOT NULL,
  profile TEXT NOT NULL,
  CONSTRAINT assessment_pkey PRIMARY KEY (id)
);

CREATE TABLE score_run (
  id UUID NOT NULL,
  as_of TIMESTAMPTZ(3) NOT NULL,
  profile TEXT NOT NULL,
  model TEXT NOT NULL,
  horizon TIMESTAMPTZ(3) NOT NULL,
  customers INTEGER[],
  scores DOUBLE PRECISION[],
  priorities DOUBLE PRECISION[],
  tiers TEXT[],
  CONSTRAINT score_run_pkey PRIMARY KEY (id)
);

CREATE TABLE alert (
  id UUID NOT NULL,
  no SERIAL NOT NULL,
  customer UUID NOT NULL,
  tier TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  trigger TEXT NOT NULL,
  previous UUID,
  owner TEXT,
  opened_at TIMESTAMPTZ(3) NOT NULL,
  claimed_at TIMESTAMPTZ(3),
  contacted_at TIMESTAMPTZ(3),
  closed_at TIMESTAMPTZ(3),
  watch_from TIMESTAMPTZ(3),
  watch_until TIMESTAMPTZ(3),
  snoozed_until TIMESTAMPTZ(3),
  outcome JSONB,
  assessment JSONB NOT NULL,
  baseline JSONB,
  CONSTRAINT alert_pkey PRIMARY KEY (id)
);

CREATE TABLE action (
  id UUID NOT NULL,
  alert UUID NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  "by" TEXT NOT NULL,
  verb TEXT NOT NULL,
  "from" TEXT,
  "to" TEXT NOT NULL,
  via TEXT NOT NULL,
  note TEXT NOT NULL,
  detail JSONB NOT NULL DEFAULT '{}',
  request TEXT,
  "seq" BIGSERIAL NOT NULL,
  CONSTRAINT action_pkey PRIMARY KEY (id)
);

CREATE TABLE timer (
  id UUID NOT NULL,
  alert UUID NOT NULL,
  kind TEXT NOT NULL,
  due_at TIMESTAMPTZ(3) NOT NULL,
  fired_at TIMESTAMPTZ(3),
  done_at TIMESTAMPTZ(3),
  CONSTRAINT timer_pkey PRIMARY KEY (id)
);

CREATE TABLE card (
  id UUID NOT NULL,
  alert UUID NOT NULL,
  chat TEXT NOT NULL,
  channel TEXT NOT NULL,
  message TEXT,
  shown INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT card_pkey PRIMARY KEY (id)
);

CREATE TABLE outbox (
  id UUID NOT NULL,
  card UUID NOT NULL,
  kind TEXT NOT NULL,
  body JSONB,
  dedupe TEXT NOT NULL,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued',
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before TIMESTAMPTZ(3) NOT NULL,
  lease_until TIMESTAMPTZ(3),
  epoch INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  created_at TIMESTAMPTZ(3) NOT NULL,
  sent_at TIMESTAMPTZ(3),
  "seq" BIGSERIAL NOT NULL,
  CONSTRAINT outbox_pkey PRIMARY KEY (id)
);

CREATE TABLE console_message (
  id UUID NOT NULL,
  "seq" BIGSERIAL NOT NULL,
  channel TEXT NOT NULL,
  thread UUID,
  author TEXT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  edited_at TIMESTAMPTZ(3),
  line TEXT,
  card JSONB,
  only_for TEXT,
  key TEXT NOT NULL,
  CONSTRAINT console_message_pkey PRIMARY KEY (id)
);

CREATE TABLE setting (
  name TEXT NOT NULL,
  value JSONB NOT NULL,
  CONSTRAINT setting_pkey PRIMARY KEY (name)
);

CREATE TABLE setting_change (
  id UUID NOT NULL,
  name TEXT NOT NULL,
  before JSONB,
  after JSONB,
  "by" TEXT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  "seq" BIGSERIAL NOT NULL,
  CONSTRAINT setting_change_pkey PRIMARY KEY (id)
);

CREATE TABLE job_run (
  id UUID NOT NULL,
  job TEXT NOT NULL,
  slot TEXT NOT NULL,
  started_at TIMESTAMPTZ(3) NOT NULL,
  finished_at TIMESTAMPTZ(3),
  report JSONB,
  error TEXT,
  CONSTRAINT job_run_pkey PRIMARY KEY (id)
);

CREATE UNIQUE INDEX customer_no_key ON customer(no);
CREATE INDEX customer_xid_idx ON customer(xid);
CREATE INDEX customer_key_customer_idx ON customer_key(customer);
CREATE INDEX event_customer_at_idx ON event(customer, at);
CREATE INDEX event_at_idx ON event USING BRIN (at);
CREATE INDEX event_xid_idx ON event(xid);
CREATE INDEX feedback_customer_at_idx ON feedback(customer, at);
CREATE INDEX feedback_at_idx ON feedback(at);
CREATE INDEX feedback_xid_idx ON feedback(xid);
CREATE INDEX customer_touched_xid_idx ON customer_touched(xid);
CREATE INDEX quarantine_source_file_idx ON quarantine(source, file);
CREATE INDEX assessment_customer_as_of_idx ON assessment(customer, as_of DESC);
CREATE UNIQUE INDEX score_run_as_of_key ON score_run(as_of);
CREATE UNIQUE INDEX alert_no_key ON alert(no);
CREATE INDEX alert_customer_idx ON alert(customer);
CREATE INDEX alert_state_idx ON alert(state);
CREATE INDEX action_alert_at_idx ON action(alert, at);
CREATE UNIQUE INDEX action_seq_key ON action("seq");
CREATE UNIQUE INDEX action_request_alert_key ON action(request, alert);
CREATE INDEX timer_due_at_idx ON timer(due_at);
CREATE UNIQUE INDEX timer_alert_kind_due_at_key ON timer(alert, kind, due_at);
CREATE INDEX card_chat_channel_message_idx ON card(chat, channel, message);
CREATE UNIQUE INDEX card_alert_chat_channel_key ON card(alert, chat, channel);
CREATE UNIQUE INDEX outbox_dedupe_key ON outbox(dedupe);
CREATE UNIQUE INDEX outbox_seq_key ON outbox("seq");
CREATE INDEX outbox_state_not_before_idx ON outbox(state, not_before);
CREATE INDEX outbox_card_idx ON outbox(card);
CREATE UNIQUE INDEX console_message_seq_key ON console_message("seq");
CREATE UNIQUE INDEX console_message_key_key ON console_message(key);
CREATE INDEX console_message_channel_seq_idx ON console_message(channel, "seq");
CREATE INDEX console_message_thread_seq_idx ON console_message(thread, "seq");
CREATE UNIQUE INDEX setting_change_seq_key ON setting_change("seq");
CREATE INDEX setting_change_name_at_idx ON setting_change(name, at);
CREATE INDEX job_run_job_started_at_idx ON job_run(job, started_at);
CREATE UNIQUE INDEX job_run_job_slot_key ON job_run(job, slot);

-- One case at a time: a customer has at most one alert that is not closed.
CREATE UNIQUE INDEX alert_one_open_per_customer ON alert (customer)
  WHERE state NOT IN ('retained', 'relapsed', 'resolved', 'dismissed');

-- A relapse has one successor.
CREATE UNIQUE INDEX alert_one_successor ON alert (previous) WHERE previous IS NOT NULL;

-- PostgreSQL holds NaN greater than any number, so a broken score would read as the highest risk.
ALTER TABLE assessment ADD CONSTRAINT assessment_score_range CHECK (score >= 0 AND score <= 1);
ALTER TABLE alert ADD CONSTRAINT alert_tier CHECK (tier IN ('P0', 'P1', 'P2'));
ALTER TABLE alert ADD CONSTRAINT alert_state CHECK (state IN
  ('open', 'claimed', 'contacted', 'snoozed', 'watch', 'retained', 'relapsed', 'resolved', 'dismissed'));
ALTER TABLE outbox ADD CONSTRAINT outbox_state CHECK (state IN ('queued', 'sent', 'dead'));

-- People see A-1001 first: a number that looks like a case, not like a counter.
ALTER SEQUENCE alert_no_seq RESTART WITH 1001;
