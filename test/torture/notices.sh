#!/usr/bin/env bash
# Notices with more entries and more kills than bin/test has time for: NOTICE_ENTRIES (500), NOTICE_KILLS (25).
exec node test/notice/run.mjs "${NOTICE_ENTRIES:-500}" "${NOTICE_KILLS:-25}"
