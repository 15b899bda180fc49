/** Cities, states and regions that no time zone is named after. */
const MORE = `
Aachen, Aberdeen, Abu Dhabi, Adelaide, Alabama, Alaska, Albuquerque, Alberta, Antwerp, Arizona, Arkansas, Atlanta, Austin, Baltimore, Barcelona,
Bavaria, Beijing, Belfast, Bengaluru, Bangalore, Bergen, Bilbao, Birmingham, Bologna, Bordeaux, Boston, Bremen, Bristol, Brittany, Brooklyn,
British Columbia, Bronx, Buffalo, Calgary, California, Cambridge, Canberra, Cape Town, Cardiff, Changchun, Changsha, Charlotte, Chengdu, Chennai,
Chongqing, Cincinnati, Cleveland, Cologne, Colorado, Columbus, Connecticut, Cork, Cornwall, Dalian, Dallas, Delaware, Delhi, Devon, Dongguan,
Dortmund, Dresden, Durham, Düsseldorf, Edinburgh, Edmonton, England, Essen, Essex, Exeter, Florence, Florida, Foshan, Frankfurt, Fuzhou, Geneva,
Genoa, Georgia, Glasgow, Gothenburg, Guangdong, Guangzhou, Guiyang, Haikou, Hamburg, Hangzhou, Hanover, Harbin, Hawaii, Hefei, Houston, Hyderabad, Idaho,
Illinois, Indiana, Iowa, Jinan, Kansas, Kansas City, Kent, Kentucky, Krakow, Kunming, Kyoto, Lancashire, Lanzhou, Las Vegas, Leeds, Leicester, Leipzig,
Lille, Liverpool, Louisiana, Lyon, Maine, Malaga, Malmö, Manchester, Manhattan, Manitoba, Marseille, Maryland, Massachusetts, Memphis, Miami,
Michigan, Milan, Milton Keynes, Milwaukee, Minneapolis, Minnesota, Mississippi, Missouri, Montana, Montreal, Mumbai, Munich, Nanchang, Nanjing,
Nanning, Naples, Nashville, Nebraska, Nevada, New Delhi, New England, New Hampshire, New Jersey, New Mexico, New Orleans, Newcastle, Newport,
Ningbo, Norfolk, North Carolina, North Dakota, Norwich, Nottingham, Nuremberg, Ohio, Oklahoma, Ontario, Orange County, Oregon, Orlando, Osaka, Oxford, Palo Alto, Pennsylvania,
Philadelphia, Pittsburgh, Plymouth, Portland, Porto, Portsmouth, Pune, Qingdao, Quebec, Queens, Queensland, Raleigh, Rhode Island, Rotterdam,
Sacramento, Saigon, Salt Lake City, San Antonio, San Diego, San Francisco, San Jose, Scotland, Seattle, Seville, Sheffield, Shenyang, Shenzhen, Sichuan,
South Carolina, South Dakota, Southampton, St. Louis, Staten Island, Stuttgart, Suffolk, Surrey, Sussex, Suzhou, Tampa, Tasmania, Tennessee, Texas, Tianjin,
Tucson, Turin, Tuscany, UAE, UK, USA, Utah, Utrecht, Valencia, Venice, Vermont, Victoria, Virginia, Wales, Washington, West Virginia, Wisconsin, Wuhan, Wuxi,
Wyoming, Xiamen, Xian, York, Yorkshire, Yunnan, Zhejiang, Zhengzhou, Zhuhai
`

let known: ReadonlySet<string> | null = null
const WORDS = 3

/** Put together when somebody first says that they move: most processes and threads never ask. */
function names(): ReadonlySet<string> {
  known ??= new Set([...MORE.split(','), ...cities(), ...countries()].map(keyOf))
  return known
}

/** True when a text begins with the English name of a place: a country, a state or a larger city. */
export function beginsWithPlace(words: string): boolean {
  // In small letters it is somebody else.
  if (/^\s*(?:US|U\.S\.)/.test(words)) return true
  const first = words.trim().split(/\s+/, WORDS)
  for (let count = first.length; count > 0; count -= 1)
    if (names().has(keyOf(first.slice(0, count).join(' ')))) return true
  return false
}

/** What time zones are named after: "Europe/Berlin", but not "America/Indiana/Knox". */
function cities(): string[] {
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => zone.split('/'))
  return zones.flatMap((parts) => (parts.length === 2 ? [parts[1]!.replaceAll('_', ' ')] : []))
}

function countries(): string[] {
  const named = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters.flatMap((one) => letters.flatMap((other) => named.of(one + other) ?? []))
}

function keyOf(name: string): string {
  return name
    .trim()
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    .toLowerCase()
}
