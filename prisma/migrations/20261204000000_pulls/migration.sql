-- Why a row could not be used, in Chinese too.
ALTER TABLE quarantine ADD COLUMN zh text;
