import { NIVEAU_LABELS } from '@pass/domain/ateliers.ts'
import { BESOINS, DIAGNOSTIC, type DiagnosticQuestion, niveauOf } from '@pass/domain/prescriptions.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import type { RemiseForm } from './remise-form.ts'

const BESOIN_TILES = BESOINS.map(({ code, label }) => ({ value: code, label }))

/** The answers given so far. */
const answersOf = (form: RemiseForm): Partial<Record<DiagnosticQuestion, string>> => {
  const reponses: unknown = form.watch('reponses')
  return typeof reponses === 'object' && reponses !== null ? reponses : {}
}

/** Three questions, then the level they give, then what the person comes for. */
export const Diagnostic = ({ form }: { form: RemiseForm }) => {
  const niveau = niveauOf(answersOf(form))
  return (
    <Card titre="Trois questions à poser">
      <div className="pile trois-reponses">
        {DIAGNOSTIC.map(({ code, question, reponses }, rank) => (
          <RadioTiles
            key={code}
            legende={`${rank + 1}. ${question}`}
            options={reponses.map(({ code: value, label }) => ({ value, label }))}
            {...form.field(`reponses.${code}`)}
          />
        ))}
      </div>
      <p role="status" className="niveau">
        Niveau&nbsp;: <strong>{niveau ? NIVEAU_LABELS[niveau] : 'après les trois réponses'}</strong>
      </p>
      <RadioTiles legende="Besoin principal" options={BESOIN_TILES} {...form.field('besoin')} />
    </Card>
  )
}
