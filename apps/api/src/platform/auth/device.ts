import Bowser from 'bowser'

/** `Firefox, Windows`: enough to recognise one's own browser in a list, nothing to follow anyone by. */
export const deviceOf = (userAgent: string | undefined): string => {
  if (!userAgent) return ''
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500))
  return [browser.name, os.name].filter(Boolean).join(', ').slice(0, 80)
}
