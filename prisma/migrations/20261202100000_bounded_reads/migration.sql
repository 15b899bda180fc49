-- Rows of what a source deletes with all its parts ("4711/comment/3"): only ids with a slash are in it, so that all other
-- rows are written as quickly as before.
CREATE INDEX "event_source_head" ON "event"("source", split_part("source_id", '/', 1)) WHERE "source_id" LIKE '%/%';
CREATE INDEX "feedback_source_head" ON "feedback"("source", split_part("source_id", '/', 1)) WHERE "source_id" LIKE '%/%';

-- Voices whose words are still kept: a night that erases old ones does not walk over all that earlier nights have erased.
CREATE INDEX "feedback_worded" ON "feedback"("at", "id") WHERE "text" <> '';
