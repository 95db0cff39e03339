import type { Area } from '../../area.ts'
import { timetable } from '../../base/actor.ts'
import { forgetPersonalData } from './forget-personal-data.ts'

/** Personal data that goes when its time is up. */
export const retention: Area = {
  name: 'retention',
  acts: { 'data-anonymised': { sv: 'Tog bort personuppgifter', en: 'Removed personal data' } },
  tasks: [
    {
      name: 'forget-personal-data',
      cron: () => '35 3 * * *',
      run: async (context, areas) => {
        const parts = areas.flatMap(({ forgetting = [] }) => forgetting)
        await forgetPersonalData(context, parts, timetable)
      },
    },
  ],
}
