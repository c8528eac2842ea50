import { expect, test } from 'vitest'
import { firstRank, nextPage, withFilters, withSize } from './list-search.ts'

const search = (text: string) => new URLSearchParams(text)

test('the next page carries the cursor and the rank of its first row', () => {
  const second = nextPage(search('statut=livre'), 'c1', 25)
  expect(second.toString()).toBe('statut=livre&apres=c1&rang=26')
  expect(firstRank(nextPage(second, 'c2', 25))).toBe(51)
})

test('a filter or a size starts again from the first page', () => {
  expect(
    withFilters(search('tri=-date&apres=c1&rang=26&statut=livre'), [
      ['statut', ''],
      ['du', '2026-01-01'],
    ]).toString(),
  ).toBe('tri=-date&du=2026-01-01')
  expect(withSize(search('apres=c1&rang=26&tri=date'), 50).toString()).toBe('tri=date&taille=50')
})

test('a rank without a cursor is not believed', () => {
  expect(firstRank(search('rang=26'))).toBe(1)
  expect(firstRank(search('apres=c&rang=abc'))).toBe(1)
})
