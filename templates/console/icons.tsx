import type { ComponentChildren, JSX } from 'preact'

/** Line icons on a 20 x 20 grid, drawn in the colour of the text around them. */
function icon(children: ComponentChildren): () => JSX.Element {
  return () => (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export const MenuIcon = icon(<path d="M3 5.5h14M3 10h14M3 14.5h14" />)
export const CloseIcon = icon(<path d="m5 5 10 10M15 5 5 15" />)
export const BackIcon = icon(<path d="m12 4-6 6 6 6" />)
export const SendIcon = icon(<path d="M10 16V4.5M5 9l5-5 5 5" />)
export const DownIcon = icon(<path d="M10 4v11.5M5 11l5 5 5-5" />)
export const ThreadIcon = icon(<path d="M4 4.5h12v8.5H9l-3.5 3V13H4z" />)
export const PlayIcon = icon(<path class="solid" d="M6.5 4.5v11l9-5.500z" />)
export const PauseIcon = icon(<path d="M7 5v10M13 5v10" />)
export const LockIcon = icon(<path d="M5 9h10v7H5zM7 9V6.500a3 3 0 0 1 6 0V9" />)
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.500v2M10 15.500v2M2.5 10h2M15.5 10h2M4.7 4.700l1.4 1.400M13.9 13.900l1.4 1.400M15.3 4.700l-1.4 1.400M6.1 13.900l-1.4 1.4" />
  </>,
)
export const MoonIcon = icon(<path d="M16 11.500A6.5 6.5 0 0 1 8.5 4 6.5 6.5 0 1 0 16 11.500Z" />)
export const AutoIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.5" />
    <path class="solid" d="M10 3.500a6.5 6.5 0 0 1 0 13z" />
  </>,
)
export const ChevronIcon = icon(<path d="m6 8 4 4 4-4" />)
export const WarnIcon = icon(<path d="M10 3.5 17.5 16h-15zM10 8.500v3.500M10 14v.2" />)

/** The trace of a seismograph: the product's mark. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M4 17h5l2-5 3 11 4-17 3 14 2-3h5" />
    </svg>
  )
}

/** A long quiet trace with one small shock, for places where nothing has happened yet. */
export function QuietTrace(): JSX.Element {
  return (
    <svg class="quiet-trace" viewBox="0 0 240 56" aria-hidden="true" focusable="false">
      <path d="M2 30h70l4-4 5 9 5-8 3 3h36l4-10 6 26 7-38 6 30 4-8h22l4-4 4 6 3-2h53" />
    </svg>
  )
}
