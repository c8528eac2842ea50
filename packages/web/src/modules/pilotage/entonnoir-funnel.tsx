import type { Entonnoir } from '@pass/contracts/pilotage.ts'
import { euros, formatNumber, plural, pluralPass } from '@pass/domain/money.ts'
import { Funnel, type Stage } from '../../ui/funnel.tsx'
import { Instant } from '../../ui/values.tsx'
import { ETAPE_LABELS, type EtapeCode, isInPass, partOf } from './etapes.ts'

type Props = {
  entonnoir: Pick<Entonnoir, 'at' | 'etapes'>
  /** The list behind a number; undefined where no list exists for this role. */
  to?: (etape: EtapeCode) => string | undefined
}

/** Where the carnets are: carnets, pass and euros of each stage, its number a link to its list. */
export const EntonnoirFunnel = ({ entonnoir: { at, etapes }, to }: Props) => (
  <div className="pile">
    <Funnel
      stages={etapes.map((etape): Stage => {
        const part = partOf(etapes, etape)
        const link = to?.(etape.etape)
        return {
          cle: etape.etape,
          titre: ETAPE_LABELS[etape.etape],
          valeur: isInPass(etape.etape) ? pluralPass(etape.pass) : formatNumber(etape.carnets ?? 0),
          detail: (
            <>
              {isInPass(etape.etape) ? (
                etape.carnets === null ? null : (
                  <span>{`dans ${plural(etape.carnets, 'carnet')}`}</span>
                )
              ) : (
                <span>{pluralPass(etape.pass)}</span>
              )}
              <span className="insecable">{euros(etape.centimes)}</span>
            </>
          ),
          ...part,
          ...(link && { to: link }),
        }
      })}
    />
    <p className="petit doux">
      En carnets, sauf mention contraire. Chiffres du <Instant at={at} />, égaux au grand livre.
      {to && ' Chaque nombre ouvre sa liste.'}
    </p>
  </div>
)
