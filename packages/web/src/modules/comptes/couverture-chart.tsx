import { formatLongDay, monthOf } from '@pass/domain/days.ts'
import { COUVERTURE_SERIE_LABELS, type CouvertureJour } from '@pass/domain/couverture-fonds.ts'
import { euros } from '@pass/domain/money.ts'
import { type PointerEvent, useId, useState } from 'react'
import { linePath, niceTicks, scaleOf } from './couverture-scale.ts'

const WIDTH = 760
const HEIGHT = 300
const FRAME = { left: 112, right: 12, top: 12, bottom: 28 }

const SERIES = [
  { cle: 'recu', libelle: COUVERTURE_SERIE_LABELS.recu },
  { cle: 'active', libelle: COUVERTURE_SERIE_LABELS.active },
  { cle: 'utilise', libelle: COUVERTURE_SERIE_LABELS.utilise },
  { cle: 'paye', libelle: COUVERTURE_SERIE_LABELS.paye },
  { cle: 'reste', libelle: 'Reste couvert' },
] as const

const SHORT = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.']
const shortMonth = (mois: string) => `${SHORT[Number(mois.slice(5)) - 1]} ${mois.slice(2, 4)}`

/** Whole euros, as an axis says them. */
const axisEuros = (centimes: number) => euros(centimes).replace(/,00/, '')

const sentence = (day: CouvertureJour) =>
  `${formatLongDay(day.jour)}\u00a0: ${SERIES.map(({ cle, libelle }) => `${libelle.toLowerCase()} ${euros(day[cle])}`).join(', ')}`

/** The first day of each month shown, a dozen at most. */
const monthTicks = (days: readonly CouvertureJour[]) => {
  const firsts = days.flatMap(({ jour }, rank) => (jour.endsWith('-01') ? [{ rank, mois: monthOf(jour) }] : []))
  const step = Math.ceil(firsts.length / 6)
  return firsts.filter((_, i) => i % step === 0)
}

type Scales = { x: (rank: number) => number; y: (centimes: number) => number }

const Axes = ({ days, ticks, x, y }: Scales & { days: readonly CouvertureJour[]; ticks: readonly number[] }) => (
  <g className="axes">
    {ticks.map((tick) => (
      <g key={tick}>
        <line x1={FRAME.left} x2={WIDTH - FRAME.right} y1={y(tick)} y2={y(tick)} />
        <text x={FRAME.left - 8} y={y(tick) + 4} textAnchor="end">
          {axisEuros(tick)}
        </text>
      </g>
    ))}
    {monthTicks(days).map(({ rank, mois }) => (
      <text key={mois} x={x(rank)} y={HEIGHT - 8} textAnchor="middle">
        {shortMonth(mois)}
      </text>
    ))}
  </g>
)

const Legend = ({ day }: { day: CouvertureJour }) => (
  <ul className="legende">
    {SERIES.map(({ cle, libelle }) => (
      <li key={cle}>
        <svg viewBox="0 0 28 10" width="28" height="10" aria-hidden="true" focusable="false">
          <line className={`serie ${cle}`} x1="1" x2="27" y1="5" y2="5" />
        </svg>
        <span className="petit">{libelle}</span> <strong className="insecable">{euros(day[cle])}</strong>
      </li>
    ))}
  </ul>
)

const Cursor = ({ day, rank, x, y }: Scales & { day: CouvertureJour; rank: number }) => (
  <g className="curseur">
    <line x1={x(rank)} x2={x(rank)} y1={FRAME.top} y2={HEIGHT - FRAME.bottom} />
    {SERIES.map(({ cle }) => (
      <circle key={cle} className={`serie ${cle}`} cx={x(rank)} cy={y(day[cle])} r="4" />
    ))}
  </g>
)

/**
 * The funds of a convention day by day. The day read is chosen by the slider under the drawing, with the keyboard or the finger, or by
 * pointing; the table says the same.
 */
export const CouvertureChart = ({ days, titre }: { days: readonly CouvertureJour[]; titre: string }) => {
  const id = useId()
  const [chosen, setChosen] = useState(days.length - 1)
  const rank = Math.min(chosen, days.length - 1)
  const day = days[rank]
  if (!day) return null
  const ticks = niceTicks(Math.max(...days.flatMap((one) => SERIES.map(({ cle }) => one[cle]))))
  const x = scaleOf([0, Math.max(days.length - 1, 1)], [FRAME.left, WIDTH - FRAME.right])
  const y = scaleOf([0, ticks.at(-1) ?? 1], [HEIGHT - FRAME.bottom, FRAME.top])
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const at = ((event.clientX - box.left) / box.width) * WIDTH
    const share = (at - FRAME.left) / (WIDTH - FRAME.left - FRAME.right)
    setChosen(Math.round(Math.min(Math.max(share, 0), 1) * (days.length - 1)))
  }
  return (
    <figure className="graphique">
      <figcaption>
        <strong>{formatLongDay(day.jour)}</strong>
        <Legend day={day} />
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${titre}. ${sentence(days.at(-1) ?? day)}. Le tableau qui suit dit les mêmes sommes.`}
        onPointerMove={point}
      >
        <Axes days={days} ticks={ticks} x={x} y={y} />
        {SERIES.map(({ cle }) => (
          <path
            key={cle}
            className={`serie ${cle}`}
            d={linePath(
              days.map((one) => one[cle]),
              x,
              y,
            )}
          />
        ))}
        <Cursor day={day} rank={rank} x={x} y={y} />
      </svg>
      <div className="graphique-jour">
        <label htmlFor={id} className="petit">
          Jour lu
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={days.length - 1}
          step={1}
          value={rank}
          aria-valuetext={sentence(day)}
          onChange={({ target }) => setChosen(Number(target.value))}
        />
      </div>
    </figure>
  )
}
