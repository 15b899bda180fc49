import { effect } from '@preact/signals'
import { render } from 'preact'
import { App } from './app.tsx'
import { walkByKeys } from './keys.ts'
import { locale } from './prefs.ts'
import { markShownWhenVisible } from './seen.ts'
import { here, unreadTotal } from './state.ts'
import { readAddress, start } from './sync.ts'

const root = document.getElementById('page')
if (root) render(<App />, root)

effect(() => {
  const count = unreadTotal.value > 0 ? `(${unreadTotal.value}) ` : ''
  const title = here.value?.title[locale.value]
  document.title = `${count}${title ? `${title} · ` : ''}Foreshock 前震`
})
addEventListener('hashchange', readAddress)
markShownWhenVisible()
walkByKeys()
void start()
