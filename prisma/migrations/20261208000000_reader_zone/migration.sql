-- The time zone that a platform says an account lives in: private answers tell times in it.
ALTER TABLE chat_user ADD COLUMN time_zone text;
