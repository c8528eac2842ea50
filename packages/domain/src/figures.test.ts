import { expect, test } from 'vitest'
import { type Figure, tauxOf } from './figures.ts'

const figure = (etape: Figure['etape'], carnets: number | null, pass: number): Figure => ({ etape, carnets, pass, centimes: pass * 1000 })

test('each rate carries its numerator and its denominator', () => {
  const taux = tauxOf([
    figure('livres', 400, 4000),
    figure('actives', 300, 3000),
    figure('remis', 100, 1000),
    figure('entames', 33, 330),
    figure('utilises', null, 250),
  ])
  expect(
    Object.fromEntries(taux.map(({ code, valeurBp, numerateur, denominateur }) => [code, [valeurBp, numerateur, denominateur]])),
  ).toEqual({
    distribution: [2500, 100, 400],
    usage: [3300, 33, 100],
    utilisation_actifs: [833, 250, 3000],
    utilisation_remis: [2500, 250, 1000],
  })
})

test('nothing to divide by gives no rate, not zero', () => {
  expect(tauxOf([]).map(({ valeurBp, denominateur }) => [valeurBp, denominateur])).toEqual([
    [null, 0],
    [null, 0],
    [null, 0],
    [null, 0],
  ])
})
