-- When a voice first came in: what was said before a case was closed and came in after it is news to whoever closed it.
ALTER TABLE feedback ADD COLUMN stored_at timestamptz(3);
