/**
 * Rows that really are wrong, as old exports have them: cut short, mistyped, from a clock gone astray. They stand
 * in files of 2023 to 2025, so that quarantine has something true to show.
 */
const SPOILED: Readonly<Record<string, readonly string[]>> = {
  'workshop-old/工单-2023-09.csv': ['V230914-00000-1,YS100017,2023/09/14 10:20,保养,上海虹桥店'],
  'workshop-old/工单-2023-11.csv': [
    'V231102-00000-1,YS100044,2032/11/02 09:40,检测,北京朝阳店,99.00,40,18200',
  ],
  'visits/visits-2024-03.csv': [
    'V240318-00000-1,YS100061,2042-03-18 10:20:00,保养,杭州城西店,780.00,95,21800',
    'V240321-00000-1,YS100103,2024-03-21 14:05:00,维修,杭州城西店,一千二,180,40250',
  ],
  'visits/visits-2024-11.csv': [
    'V241108-00000-1,YS100088,2024-11-08 09:15:00,保养,广州天河店,7 8O.00,90,33120',
  ],
  'app/logins-2024-02.csv.gz': ['L240211-00000-1,YS100032,0000-00-00 00:00:00,Android'],
  'orders/orders-2024-06.csv': ['D240618-00000-1,YS100075,2024-06-18 20:11:09,购买,脚垫,后备箱垫,1,468.00'],
  'events/events-2024-08.csv': ['E240815-00000-1,YS100001,2024-08-15 11:00:00,TEST,接口联调,上海虹桥店'],
  'events/events-2025-01.csv': ['E250109-00000-1,,2025-01-09 16:30:00,投诉,服务投诉,深圳南山店'],
  'feedback/feedback-2024-05.ndjson': [
    '{"id":"F240520-00000-1","customer_id":"YS100120","created_at":"2024-05-20T10:00:00+08:00","channel":"survey","text":"很好","lang":"zh","score":{"rating":55,"nps":null},"store":"天津河西店","model":"云岚"}',
  ],
  'feedback/feedback-2024-09.ndjson': [
    '{"id":"F240912-00000-1","customer_id":"YS100140","created_at":"2024-09-12T19:2',
  ],
}

/** The lines of a file with its spoiled rows, if it has any, in the middle. */
export function withSpoiled(path: string, lines: readonly string[]): readonly string[] {
  const spoiled = SPOILED[path]
  if (spoiled === undefined) return lines
  const middle = Math.floor(lines.length / 2)
  return [...lines.slice(0, middle), ...spoiled, ...lines.slice(middle)]
}

/** How many rows of the history up to 2025 are wrong. */
export const SPOILED_ROWS = Object.values(SPOILED).flat().length
